-- Seconds that the clocks of a zone are ahead of UTC, from one moment to before another.
SELECT zone, @seconds(from_utc) AS from_utc, @seconds(until_utc) AS until_utc, offset_seconds FROM lake_zones
