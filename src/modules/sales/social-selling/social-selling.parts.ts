export const socialSellingEntities: (new () => object)[] = [];

export const socialSellingResolvers = (): object[] => [];
