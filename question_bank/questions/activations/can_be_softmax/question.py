"""Which rows of numbers can be the output of a softmax."""

from question_bank import Choices, Draw, Mistake, Variant, question

CLASSES = 4
RIGHT = ("sure", "undecided", "mixed")
WRONG = ("sum_above", "sum_below", "negative", "percent")
MISTAKES = {"sure": "is_a_softmax", "undecided": "is_a_softmax", "mixed": "is_a_softmax"}


@question(facts=["F17"], points=2, minutes=2, book="closed")
def can_be_softmax(draw: Draw) -> Variant:
    right = draw.sample(RIGHT, draw.choice((2, 3)))
    wrong = draw.sample(WRONG, 5 - len(right))
    options = draw.shuffled([*right, *wrong])
    # a right one that is left out is a mistake with the same sentence whatever its numbers
    mistakes = {option: Mistake(MISTAKES.get(option, option)) for option in options}
    rows = {option: _row(draw, option) for option in options}
    return Variant({"rows": rows}, Choices(tuple(right), tuple(options), mistakes))


def _row(draw: Draw, kind: str) -> str:
    """Numbers in hundredths that are, or are not, what *kind* says."""
    if kind == "sure":
        numbers = _parts(draw, 100, smallest=1, largest=97, top=80)
    elif kind == "undecided":
        numbers = _parts(draw, 100, smallest=21, largest=29)
    elif kind == "mixed":
        numbers = _parts(draw, 100, smallest=6, largest=60)
    elif kind == "sum_above":
        numbers = _parts(draw, 100 + draw.integer(12, 60), smallest=6, largest=70)
    elif kind == "sum_below":
        numbers = _parts(draw, 100 - draw.integer(12, 40), smallest=3, largest=50)
    elif kind == "negative":
        below = draw.integer(5, 20)
        numbers = [-below, *_parts(draw, 100 + below, smallest=6, largest=80, count=CLASSES - 1)]
    else:
        numbers = [100 * part for part in _parts(draw, 100, smallest=5, largest=60)]
    digits = 0 if kind == "percent" else 2
    return ", ".join(f"{number / 100:.{digits}f}" for number in draw.shuffled(numbers)).replace("-", "−")


def _parts(draw: Draw, total: int, *, smallest: int, largest: int, top: int = 0, count: int = CLASSES) -> list[int]:
    """*count* numbers from *smallest* to *largest* that sum to *total*, one of them at least *top*."""
    while True:
        numbers = [draw.integer(smallest, largest) for _ in range(count - 1)]
        numbers.append(total - sum(numbers))
        if smallest <= numbers[-1] <= largest and max(numbers) >= top:
            return numbers
