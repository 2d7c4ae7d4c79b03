export const portalEntities = [];

export const portalResolvers = (): object[] => [];
