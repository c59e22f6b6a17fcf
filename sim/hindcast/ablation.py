"""The model of provinces as of an origin, whole or with a part taken away, so that one sees what structure buys."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.errors import InputError, Problem, unknown_name
from sim.hindcast.outlook import Outlook, national_history, read_outlook
from sim.panel import Panel
from sim.panel.growth import PARTS
from sim.parameters.names import Parameters
from sim.parameters.priors import Z95, Prior, Priors, read_priors
from sim.reference_class import committed_path, read_estimates
from sim.reference_class.estimates import EstimatesAt
from sim.resources import data_path

#: What can be taken away. "prices": relative prices have neither trends nor a common driver, only chance.
#: "capital": investment neither shocks nor accelerates anything. "reference_class": priors from the literature alone.
ABLATIONS = ("prices", "capital", "reference_class")

CAPITAL = ("accelerator", "investment_volatility", "formation_response", "investment_exposure")
PRICES = ("price_trend", "producer_price_response")


@dataclass(frozen=True, slots=True)
class Model:
    """All that provinces share at an origin."""

    outlook: Outlook
    priors: Priors


def model_of(panel: Panel, ablation: str = "") -> Model:
    """The model as of the last year of `panel`. Raises InputError for an ablation that does not exist."""
    if ablation not in ("", *ABLATIONS):
        raise InputError(Problem(None, None, None, "ablation", unknown_name(ablation, ABLATIONS)))
    origin = panel.years[-1]
    outlook = Outlook(read_outlook(data_path("calibration", "provinces", "outlook.yaml")), national_history(panel))
    priors = read_priors(data_path("calibration", "provinces", "priors.yaml"), Parameters, PARTS)
    if ablation != "reference_class":
        estimates = read_estimates(committed_path())
        # Before the first cut-off nothing was estimated, and the literature stands alone.
        if origin >= min(estimates.by_cut_off):
            priors = with_reference_class(priors, estimates.at(origin))
    if ablation == "capital":
        priors = _zero(priors, CAPITAL)
    if ablation == "prices":
        priors = _zero(priors, PRICES)
    return Model(outlook, priors)


def with_reference_class(priors: Priors, known: EstimatesAt) -> Priors:
    """Priors with what the reference class says of provinces: leads of cells, lasting leads, own price swings.

    A prior of a region holds what is not known of the class and how much its regions differ. Growth common to all is
    not taken from the estimates: the outlook is conditioned on the same years, which would then count twice.
    """
    vectors = dict(priors.vectors)
    vectors["cell_premium"] = tuple(
        _normal(
            prior,
            known.value("cell_spread_mean", part),
            _root(known.get("cell_spread_mean", part).standard_error, known.value("cell_spread_mean_spread", part)),
            known.cut_off,
        )
        for prior, part in zip(priors.vectors["cell_premium"], PARTS, strict=True)
    )
    vectors["price_volatility"] = tuple(
        _normal(prior, known.value("deflator_own_innovation", part), 0.0, known.cut_off)
        for prior, part in zip(priors.vectors["price_volatility"], PARTS, strict=True)
    )
    spread = known.get("relative_growth_mean_spread")
    lead = _normal(priors.scalars["mature_premium"], 0.0, _root(spread.estimate, spread.standard_error), known.cut_off)
    return replace(priors, scalars={**priors.scalars, "mature_premium": lead}, vectors=vectors)


def _root(first: float, second: float) -> float:
    """S.d. of a sum of two independent parts."""
    return float((first**2 + second**2) ** 0.5)


def _normal(prior: Prior, centre: float, spread: float, cut_off: int) -> Prior:
    """The prior with another centre and s.d., in its own unit."""
    low, high = centre - Z95 * spread, centre + Z95 * spread
    return replace(prior, low=low, centre=centre, high=high, grade="E", date=f"{cut_off}-12")


def _zero(priors: Priors, names: tuple[str, ...]) -> Priors:
    """The named parameters at nothing."""

    def none(prior: Prior) -> Prior:
        return replace(prior, low=0.0, centre=0.0, high=0.0, shape="normal")

    return replace(
        priors,
        scalars={n: none(p) if n in names else p for n, p in priors.scalars.items()},
        vectors={n: tuple(none(p) for p in v) if n in names else v for n, v in priors.vectors.items()},
    )
