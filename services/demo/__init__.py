"""A labelled-synthetic history of a city, and live cases: real articles, made-up people, firms and facts."""
