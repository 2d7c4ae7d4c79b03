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

/** What is known, in Markdown: for everybody, and for colleagues alone. */
export const articles = [
  {
    slug: 'devoluciones',
    audience: 'PUBLIC',
    text: {
      language: 'es',
      title: 'Devoluciones y reembolsos',
      summary: 'Cómo devolver un pedido y cuándo vuelve el dinero.',
      body: '## Plazo\n\nTienes **30 días** desde la entrega.\n\n## Reembolso\n\nEl importe vuelve a la tarjeta con la que pagaste en un máximo de cinco días laborables.\n\n## Si el pedido se perdió\n\nNo hace falta que devuelvas nada: escríbenos con el número de pedido y te devolvemos el dinero el mismo día.',
      keywords: ['reembolso', 'dinero', 'devolver', 'cobrado'],
    },
  },
  {
    slug: 'seguimiento',
    audience: 'PUBLIC',
    text: {
      language: 'es',
      title: 'Dónde está mi pedido',
      summary: 'El número de seguimiento y los plazos de entrega.',
      body: 'El número de seguimiento llega por correo cuando el pedido sale. Si pasan **tres días laborables** sin cambios, dínoslo: lo buscamos nosotros.',
      keywords: ['seguimiento', 'entrega', 'retraso', 'reparto'],
    },
  },
  {
    slug: 'pedidos-perdidos',
    audience: 'STAFF',
    text: {
      language: 'es',
      title: 'Qué hacer con un pedido perdido',
      summary: 'Para quien atiende: reembolso el mismo día y disculpa en público.',
      body: '1. Devuelve el importe el mismo día.\n2. Si la queja fue en público, contesta también en público.\n3. Abre la reclamación al transportista.',
      keywords: ['perdido', 'transportista'],
    },
  },
] as const;
