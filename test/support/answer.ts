/** What a document asked for: each test knows the shape it wrote down itself. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is the document's
export type Answer = any;
