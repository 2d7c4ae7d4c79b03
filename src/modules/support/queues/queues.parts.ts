export const queueEntities = [];

export const queueResolvers = (): object[] => [];
