export const careEntities = [];

export const careResolvers = (): object[] => [];
