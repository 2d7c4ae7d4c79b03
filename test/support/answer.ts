/** What a document asked for: each test knows the shape it wrote down itself. */
export type Answer = any;
