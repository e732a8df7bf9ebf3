"""Reorder what was found with a cross-encoder: a model that reads question and passage together.

In:  a query with the hits for it, or LlamaIndex nodes; the name of a model on this machine.
Out: the same, the best of them in the order that the model gives them.

It is a LlamaIndex node postprocessor: it plugs into any LlamaIndex engine. Nothing of it is
imported unless a reranker was chosen.

Knows nothing of how hits were found, or of answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import MetadataMode, NodeWithScore, QueryBundle
from pydantic import PrivateAttr

from assistant.records import Hit
from ingest.errors import ModelError
from ingest.writing import embedded_text

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

# What a model must have been trained as, to say how well a text fits a question.
_JUDGES = ("ForSequenceClassification", "ForCausalLM")


class CrossEncoderReranker(BaseNodePostprocessor):
    """Any sentence-transformers cross-encoder that gives one score.

    Attributes:
        depth: How many of the best are reordered; those after them stay as they are.
    """

    depth: int = 20
    _model: Any = PrivateAttr()

    def __init__(self, name: str, *, depth: int = 20) -> None:
        """Load the model called `name`: a folder, or one that was downloaded before.

        Args:
            name: A folder, or a name on a model hub.
            depth: How many of the best are reordered.

        Raises:
            ModelError: If it is not on this machine, or does not score texts. Wegwijs downloads
                nothing by itself.
        """
        super().__init__()
        self.depth = depth
        self._model = _load(name)

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return `hits`, best first, scores not rising; the reordered ones know their rank."""
        best, rest = hits[: self.depth], list(hits[self.depth :])
        scores = self._scores(query, [embedded_text(hit.passage) for hit in best])
        # Above those that were not reordered, whose scores are of another kind.
        floor = rest[0].score if rest else 0.0
        scored = [replace(hit, score=floor + s) for hit, s in zip(best, scores, strict=True)]
        ordered = sorted(scored, key=lambda hit: (-hit.score, hit.passage.id))
        ranked = [
            replace(hit, ranks={**hit.ranks, "reranker": rank})
            for rank, hit in enumerate(ordered, start=1)
        ]
        return ranked + rest

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        if query_bundle is None:
            raise ValueError("a reranker needs the query")
        best, rest = nodes[: self.depth], nodes[self.depth :]
        texts = [scored.node.get_content(metadata_mode=MetadataMode.EMBED) for scored in best]
        scores = self._scores(query_bundle.query_str, texts)
        floor = (rest[0].score or 0.0) if rest else 0.0
        pairs = zip(best, scores, strict=True)
        reordered = [NodeWithScore(node=scored.node, score=floor + s) for scored, s in pairs]
        return sorted(reordered, key=lambda one: (-(one.score or 0.0), one.node.node_id)) + rest

    def _scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """Return for each text how well it fits, from 0 to 1."""
        from torch.nn import Sigmoid

        pairs = [(query, text) for text in texts]
        # Models differ in what they make of their own output: one may give it below zero.
        found = self._model.predict(pairs, activation_fn=Sigmoid(), show_progress_bar=False)
        return [float(score) for score in found]


def _load(name: str) -> CrossEncoder:
    from sentence_transformers import CrossEncoder

    advice = (
        "Download het eerst naar een map en zet die map in WEGWIJS_RERANKER, of laat "
        "WEGWIJS_RERANKER leeg om niet te herordenen."
    )
    try:
        # Without local_files_only a missing model is looked for on the network for a minute.
        model: CrossEncoder = CrossEncoder(
            name, device="cpu", trust_remote_code=False, local_files_only=True
        )
    except Exception as problem:  # each library below it raises its own
        raise ModelError(
            f"Het herordeningsmodel '{name}' staat niet op deze computer of is niet te lezen.",
            advice,
        ) from problem
    if model.num_labels != 1 or not _judges(model):
        raise ModelError(f"Het model '{name}' kan geen teksten herordenen.", advice)
    return model


def _judges(model: CrossEncoder) -> bool:
    """Tell whether it was trained to score: of any other the scores would be chance."""
    architectures = getattr(model.config, "architectures", None) or []
    return len(model) > 1 or any(str(name).endswith(_JUDGES) for name in architectures)
