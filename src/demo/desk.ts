/** Who answers customers. */
export const agents = [
  { key: 'nuria', name: 'Nuria Beltrán', languages: ['es', 'en'] },
  { key: 'tomas', name: 'Tomás Figueira', languages: ['pt', 'es', 'en'] },
] as const;

const weekdays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;

/** When somebody is there to answer. */
export const openingHours = {
  name: 'Atención al cliente',
  timeZone: 'Europe/Madrid',
  isDefault: true,
  hours: weekdays.map(day => ({ day, opensAt: '09:00', closesAt: '20:00' })),
  holidays: [{ name: 'Año Nuevo', date: '2026-01-01', isYearly: true }],
};

/** What is promised, in minutes of opening hours. */
export const promise = {
  name: 'Respuesta a quejas',
  targets: [
    { priority: 'URGENT', firstResponseMinutes: 15, nextResponseMinutes: 30, resolutionMinutes: 240 },
    { priority: 'HIGH', firstResponseMinutes: 60, nextResponseMinutes: 120, resolutionMinutes: 660 },
    { priority: 'NORMAL', firstResponseMinutes: 240, nextResponseMinutes: 480, resolutionMinutes: 1980 },
  ],
} as const;

/** What opens a ticket beside what is said to us alone: words in public that feel as bad as this. */
export const complaints = {
  name: 'Quejas en público',
  kinds: ['MENTION', 'COMMENT', 'REVIEW'],
  sentimentBelow: -0.4,
  type: 'COMPLAINT',
  priority: 'HIGH',
} as const;

/** What colleagues are told of the complaint of the story. */
export const storyNote =
  'Se cobró el pedido y se perdió. Diez clientes más la han respondido o compartido: contestar hoy, por privado y en público.';
