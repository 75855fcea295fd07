"""How many numbers `history.history` holds after a training run."""

from itertools import combinations

from question_bank import Draw, Mistake, Number, Variant, question

# loss, and the metrics that are listed: two or three, for with one, different slips lead to one number
RUNS = (
    ("huber", ("mae", "mse")),
    ("mse", ("mae", "cosine_similarity")),
    ("binary_crossentropy", ("accuracy", "precision")),
    ("binary_crossentropy", ("accuracy", "auc")),
    ("huber", ("mae", "mse", "cosine_similarity")),
    ("binary_crossentropy", ("accuracy", "precision", "recall")),
    ("binary_crossentropy", ("accuracy", "recall", "auc")),
)
CREDITS = {"loss_forgotten": 0.5, "validation_wrong": 0.5, "one_list": 0.25, "lists_only": 0.25}


def values_of(metrics: int, validated: bool, epochs: int, batches: int) -> dict[str, int]:
    """The right number under "right", and what each mistake leads to."""
    parts = 2 if validated else 1
    lists = (metrics + 1) * parts
    return {
        "right": epochs * lists,
        "loss_forgotten": epochs * metrics * parts,
        "validation_wrong": epochs * (metrics + 1) * (3 - parts),
        "one_list": epochs,
        "lists_only": lists,
        "per_batch": epochs * lists * batches,
        "one_list_per_batch": epochs * batches,
    }


def _cases() -> list[tuple[int, bool, int, int, int]]:
    """Metrics, validation, epochs, batches and batch size for which no two ways lead to one number."""
    cases = []
    for metrics in (2, 3):
        for validated in (True, False):
            for epochs in (6, 8, 10, 12, 15, 20, 25, 30):
                for batches, size in ((20, 50), (30, 100), (40, 50), (50, 64), (25, 128), (80, 32)):
                    values = values_of(metrics, validated, epochs, batches)
                    if all(a != b for a, b in combinations(values.values(), 2)):
                        cases.append((metrics, validated, epochs, batches, size))
    return cases


CASES = _cases()


@question(facts=["F50"], points=2, minutes=2, book="open")
def length(draw: Draw) -> Variant:
    metrics, validated, epochs, batches, size = draw.choice(CASES)
    loss, listed = draw.choice([run for run in RUNS if len(run[1]) == metrics])
    values = values_of(metrics, validated, epochs, batches)
    return Variant(
        {
            "loss": loss,
            "metrics": list(listed),
            "validated": validated,
            "samples": batches * size,
            "batch_size": size,
            "batches": batches,
            "epochs": epochs,
            "lists": (metrics + 1) * (2 if validated else 1),
            "values": values,
        },
        Number(
            values["right"],
            mistakes={v: Mistake(m, CREDITS.get(m, 0.0)) for m, v in values.items() if m != "right"},
        ),
    )
