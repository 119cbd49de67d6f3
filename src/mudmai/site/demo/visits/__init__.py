"""A week of visits to the invented town, made by invented volunteers and sent as phones send them."""

from mudmai.site.demo.visits.week import SECOND, SECOND_NAME, TEAM, Sent, week_of_visits

__all__ = ["SECOND", "SECOND_NAME", "TEAM", "Sent", "week_of_visits"]
