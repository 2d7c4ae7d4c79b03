export const knowledgeEntities = [];

export const knowledgeResolvers = (): object[] => [];
