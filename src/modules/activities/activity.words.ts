import type { Language } from '../access/index.js';
import type { ActivityKind } from './activity.kinds.rules.js';

interface Words {
  planned: Record<ActivityKind, string>;
  done: Record<ActivityKind, string>;
  arrived: string;
}

/** What the timeline calls them. */
export const activityWords: Record<Language, Words> = {
  en: {
    planned: { TASK: 'Task planned', CALL: 'Call planned', MEETING: 'Meeting planned', VISIT: 'Visit planned' },
    done: { TASK: 'Task done', CALL: 'Call made', MEETING: 'Meeting held', VISIT: 'Visit made' },
    arrived: 'Arrived for a visit',
  },
  es: {
    planned: {
      TASK: 'Tarea planeada',
      CALL: 'Llamada planeada',
      MEETING: 'Reunión planeada',
      VISIT: 'Visita planeada',
    },
    done: { TASK: 'Tarea hecha', CALL: 'Llamada hecha', MEETING: 'Reunión celebrada', VISIT: 'Visita hecha' },
    arrived: 'Llegada a una visita',
  },
  pt: {
    planned: {
      TASK: 'Tarefa planejada',
      CALL: 'Ligação planejada',
      MEETING: 'Reunião planejada',
      VISIT: 'Visita planejada',
    },
    done: { TASK: 'Tarefa concluída', CALL: 'Ligação feita', MEETING: 'Reunião realizada', VISIT: 'Visita feita' },
    arrived: 'Chegada a uma visita',
  },
};
