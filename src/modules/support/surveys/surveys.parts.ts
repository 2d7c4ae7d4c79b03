export const surveyEntities = [];

export const surveyResolvers = (_publicUrl: string): object[] => [];
