/** Every stored class of this module, for TypeORM. */
export const activityEntities: (new () => object)[] = [];

/** Everything of this module that answers a field. */
export const activityResolvers = (): object[] => [];
