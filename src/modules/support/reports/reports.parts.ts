export const reportEntities = [];

export const reportResolvers = (): object[] => [];
