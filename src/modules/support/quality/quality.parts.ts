export const qualityEntities = [];

export const qualityResolvers = (): object[] => [];
