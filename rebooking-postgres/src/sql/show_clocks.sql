-- What the clocks of coming dates show by the rules of this database, day by day for two years.
WITH zones AS (
    SELECT $1 AS zone UNION
    SELECT zone FROM miomente_partner_portal_rebooking_dates WHERE starts_at > now())
SELECT zone::text, at, at AT TIME ZONE zone
FROM zones, generate_series(
    date_trunc('day', now()), now() + interval '2 years', interval '1 day') AS at
ORDER BY zone, at
