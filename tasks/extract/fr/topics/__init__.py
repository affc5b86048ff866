"""Topics: the question that a figure, a date or a role answers, of which thing, so that answers can be compared by a join."""

from tasks.extract.fr.topics.events import with_events
from tasks.extract.fr.topics.offices import with_offices
from tasks.extract.fr.topics.questions import with_topics

__all__ = ["with_events", "with_offices", "with_topics"]
