/** First day of the month of a moment, UTC. */
export const monthOf = (moment: Date): string => `${moment.toISOString().slice(0, 7)}-01`;

export const nextMonth = (moment: Date): Date =>
  new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + 1, 1));
