import { Field, ObjectType, Query, Resolver } from 'type-graphql';
import { Permit } from '../access/index.js';
import { NETWORK_LABELS, Network } from './networks.js';

@ObjectType({ description: 'A network and what people call it.', simpleResolvers: true })
export class NetworkLabel {
  @Field(() => Network, { description: 'The network.' })
  network: Network;
  @Field({ description: 'Its name as it is shown: X, Bluesky, E-mail, …' })
  label: string;
}

@Resolver()
export class NetworkResolver {
  @Permit('organization:read')
  @Query(() => [NetworkLabel], { description: 'Every network there is, with the name to show for it.' })
  networks(): NetworkLabel[] {
    return Object.values(Network).map(network => ({ network, label: NETWORK_LABELS[network] }));
  }
}
