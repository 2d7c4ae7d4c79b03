export const slaEntities = [];

export const slaResolvers = (): object[] => [];
