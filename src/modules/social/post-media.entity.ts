import { Field, Int, ObjectType } from 'type-graphql';
import { Derived } from '../../platform/schema/index.js';
import type { RequestContext } from '../access/index.js';
import { explainTooLarge } from './media.rules.js';

@ObjectType({ description: 'A picture, film, sound or file of a post.', simpleResolvers: true })
export class Media {
  @Field({
    description:
      'Where it lies. What came along with the post lies with us, under `/media/`, for who may see the post; empty when it was too large to be kept.',
  })
  url: string;
  @Field({ description: 'image, video, audio or file.' })
  kind: string;
  @Derived((media: StoredMedia, context: RequestContext) =>
    media.isTooLarge ? explainTooLarge(media.name, context.language) : media.description,
  )
  @Field(() => String, {
    nullable: true,
    description: 'What it shows, in its author’s words; or why it was not kept.',
  })
  description?: string;
  @Field(() => String, { nullable: true, description: 'Name of the file, where it came along.' })
  name?: string;
  @Field(() => String, { nullable: true, description: 'Media type, by its bytes, where it came along.' })
  type?: string;
  @Field(() => Int, { nullable: true, description: 'How many bytes it has, where it came along.' })
  size?: number;
}

/** Something attached, as it is stored with its post. */
export interface StoredMedia extends Media {
  isTooLarge?: boolean;
}
