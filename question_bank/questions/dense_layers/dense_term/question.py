"""Dense is fully connected, and its opposite is sparse: the term, asked for from every side."""

from question_bank import Draw, Mistake, Term, Variant, question

WORDINGS = 3
# bare words and networks, which the glossary's row of the layer lacks
DENSE = (
    *("dense", "densely", "densely connected", "dense layers", "dense connection", "densely connected network"),
    *("밀집", "밀집 연결", "밀집하다", "밀집 층", "조밀", "조밀하다", "조밀 연결", "빽빽하다", "덴스", "Dense 층"),
)
FULL = (
    *("fully connected", "fully connected layer", "fully connected layers", "full connection", "full", "fully"),
    *("완전 연결", "완전 연결 층", "완전 연결 계층", "완전 연결 레이어", "전결합", "전결합 층", "전결합 계층"),
    *("전연결", "전연결 층", "전연결 계층", "완전", "완전히"),
)
FC = ("FC", "FC layer", "FC 층", "FC 레이어", "FC 계층")
# two of these side by side, as in `dense(밀집)` or `dense = fully connected`, are one answer
OFTEN_PAIRED = (
    *("dense", "densely connected", "dense layer", "밀집", "밀집 연결", "밀집 층"),
    *("fully connected", "fully connected layer", "완전 연결", "완전 연결 층", "FC"),
)
# `also` takes texts as they stand, without the articles and endings that the glossary takes off
FORMS = ("{}", "a {}", "an {}", "the {}", "{}이다", "{}입니다")
EVERYDAY = {
    "sparse": (
        *("partially connected", "partly connected", "loosely connected", "loose", "scattered", "thin"),
        *("부분 연결", "부분적으로 연결", "느슨하다", "느슨한 연결", "성기다", "성긴 연결", "드문드문"),
    ),
    "dense layer": (
        *("completely connected", "tightly connected", "closely connected", "thick", "all connected"),
        *("모두 연결", "전부 연결", "촘촘하다", "촘촘한 연결", "꽉 찬 층"),
    ),
}
EVERYDAY["full connection"] = EVERYDAY["dense layer"]

# aspect: the glossary's term, what else is right, what is a mistake, and the name of that mistake
ASPECTS = {
    "other_name_of_dense": ("full connection", (*FULL, *FC), (*DENSE, "dense layer"), "repeats"),
    "other_name_of_full": ("dense layer", DENSE, (*FULL, *FC), "repeats"),
    "described_dense": ("dense layer", (*DENSE, *FULL, *FC), ("sparse",), "opposite"),
    "opposite_of_sparse": ("dense layer", (*DENSE, *FULL, *FC), ("sparse",), "repeats"),
    "opposite_of_dense": ("sparse", (), (*DENSE, *FULL, *FC, "dense layer"), "repeats"),
    "described_sparse": ("sparse", (), (*DENSE, *FULL, *FC, "dense layer"), "opposite"),
}


@question(facts=["F21"], points=1, minutes=1, book="closed")
def dense_term(draw: Draw) -> Variant:
    aspect, wording = draw.choice(sorted(ASPECTS)), draw.integer(0, WORDINGS - 1)
    term, right, wrong, name = ASPECTS[aspect]
    if aspect == "other_name_of_dense" and wording == 2:
        # this wording gives the abbreviation and asks for its words
        right, wrong = FULL, (*wrong, *FC)
    words = [form.format(word) for word in right for form in FORMS]
    pairs = [(a, b) for a in OFTEN_PAIRED if a in right for b in OFTEN_PAIRED if a != b]
    return Variant(
        {"aspect": aspect, "wording": wording},
        Term(
            term,
            mistakes={
                **dict.fromkeys(EVERYDAY[term], Mistake("everyday_word", credit=0.25)),
                **dict.fromkeys(wrong, Mistake(name)),
            },
            also=(*words, *(f"{a} {b}" for a, b in pairs), *(f"{b} {a}" for a, b in pairs)),
        ),
    )
