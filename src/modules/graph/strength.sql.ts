/** How much an interaction of each kind says, until an organisation sets its own. */
export const DEFAULT_WEIGHTS = { LIKE: 1, MENTION: 2, COMMENT: 3, REPLY: 3, QUOTE: 4, REPOST: 4 } as const;

/** Days after which an interaction counts half, until an organisation sets its own. */
export const DEFAULT_HALF_LIFE_DAYS = 90;

const SECONDS_A_DAY = 86_400;

const defaults = Object.entries(DEFAULT_WEIGHTS)
  .map(([kind, weight]) => `when '${kind}' then ${weight}`)
  .join(' ');

/** Half-life in seconds that the edges of an organisation are made under (with `weightsJoin`). */
export const halfLifeSql = `(coalesce(c.half_life_days, ${DEFAULT_HALF_LIFE_DAYS}) * ${SECONDS_A_DAY})`;

/** Weight of one interaction of the kind in `kind`, likewise. */
export const weightSql = (kind: string): string =>
  `coalesce((c.weights ->> ${kind})::double precision, case ${kind} ${defaults} else 1 end)`;

/** What two numbers in log2 add up to, in log2. Far apart, the smaller one is lost, as it is in any sum of doubles. */
export const log2SumSql = (a: string, b: string): string =>
  `(greatest(${a}, ${b}) + ln(1 + power(2::double precision, greatest(-abs(${a} - ${b}), -1000))) / ln(2::double precision))`;

/**
 * What the strengths of a group add up to, each row carrying the group's largest as `top`. Rounded, so that the last bits, which
 * depend on the order rows were added in, do not make two places of one row in a list.
 */
export const log2SumOfSql = (strength: string, top: string): string =>
  `round((max(${top}) + ln(sum(power(2::double precision, greatest(${strength} - ${top}, -1000)))) / ln(2::double precision))::numeric, 6)::double precision`;

/** Seconds since 1970 of a moment. */
export const secondsSql = (moment: string): string => `extract(epoch from ${moment})::double precision`;

/**
 * Joins what decides weights to rows `alias` of an organisation, as `c`: how far its time has come, and what its edges are made
 * under. The settings may be ahead of that until the edges are made anew; strengths under one half-life mean nothing under another.
 */
export const weightsJoin = (alias: string): string =>
  `left join graph_states c on c.organization_id = ${alias}.organization_id`;

/**
 * The moment weights are told as of: the organisation's latest interaction. Where people talk all the time that is now; in an
 * archive of years ago weights would otherwise all be next to nothing.
 */
const clockSql = secondsSql('least(coalesce(c.latest_at, now()), now())');

/**
 * What a strength weighs (with `weightsJoin`): every interaction its kind's weight, halved for each half-life that has passed
 * since. Bounded, because PostgreSQL refuses powers that a double cannot hold.
 */
export const weightOfSql = (strength: string): string =>
  `power(2::double precision, least(greatest(${strength} - ${clockSql} / ${halfLifeSql}, -1000), 1000))`;

/** What one engager counts who last engaged at a moment: half after each half-life, and never more than one. */
export const decaySql = (moment: string): string =>
  `power(2::double precision, least(greatest((${secondsSql(moment)} - ${clockSql}) / ${halfLifeSql}, -1000), 0))`;

/** The same of a single interaction of a kind, at a moment. */
export const weightAtSql = (kind: string, moment: string): string => `${weightSql(kind)} * ${decaySql(moment)}`;
