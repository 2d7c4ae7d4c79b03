export const forecastEntities: (new () => object)[] = [];

export const forecastResolvers = (): object[] => [];
