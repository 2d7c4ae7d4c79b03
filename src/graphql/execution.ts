import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type NamedTypeNode,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { Json } from '../platform/schema/index.js';

/** An operation that was parsed, validated and compiled once, and is run many times. */
export interface Prepared {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  run(
    rootValue: unknown,
    contextValue: unknown,
    variables: Record<string, unknown>,
  ): Promise<ExecutionResult> | ExecutionResult;
}

const MAX_DOCUMENTS = 500;
const MAX_TOKENS = 10_000;

/**
 * Turns documents into compiled functions and keeps a bounded number of them. Compiling pays off from about the second run:
 * interpreting a page of 50 rows with ten fields costs several times as much as the compiled form.
 */
export class Executor {
  private readonly bySource = new LRUCache<string, Prepared | readonly GraphQLError[]>({ max: MAX_DOCUMENTS });
  private readonly byDocument = new LRUCache<DocumentNode, Map<string, Prepared>>({ max: MAX_DOCUMENTS });

  constructor(readonly schema: GraphQLSchema) {}

  /** Parses, validates and compiles; the errors when the document is not valid. */
  prepare(source: string, operationName?: string | null): Prepared | readonly GraphQLError[] {
    const key = `${operationName ?? ''}\n${source}`;
    let prepared = this.bySource.get(key);
    if (!prepared) {
      prepared = this.check(source, operationName);
      // A document that is too long to be somebody's own would only push the useful ones out.
      if (source.length < 100_000) this.bySource.set(key, prepared);
    }
    return prepared;
  }

  /** The same for a document that was parsed and validated elsewhere. */
  compile(document: DocumentNode, operationName?: string | null): Prepared {
    const operations = this.byDocument.get(document) ?? new Map<string, Prepared>();
    this.byDocument.set(document, operations);
    let prepared = operations.get(operationName ?? '');
    if (!prepared) {
      prepared = this.build(document, operationName);
      operations.set(operationName ?? '', prepared);
    }
    return prepared;
  }

  private check(source: string, operationName?: string | null): Prepared | readonly GraphQLError[] {
    let document: DocumentNode;
    try {
      document = parse(source, { maxTokens: MAX_TOKENS });
    } catch (error) {
      return [error as GraphQLError];
    }
    const errors = validate(this.schema, document, undefined, { maxErrors: 20 });
    if (errors.length > 0) return errors;
    if (!getOperationAST(document, operationName))
      return [new GraphQLError('The document has no such operation, or several and no name was given.')];
    return this.build(document, operationName);
  }

  private build(document: DocumentNode, operationName?: string | null): Prepared {
    const operation = getOperationAST(document, operationName)!;
    const definitions = operation.variableDefinitions ?? [];
    let compiled: CompiledQuery | ExecutionResult | undefined;
    return {
      document,
      operation,
      run: (rootValue, contextValue, given) => {
        const { coerced, errors } = getVariableValues(this.schema, definitions, given);
        if (errors) return { errors };
        // Compiling unfolds every fragment, so it waits until the operation has been measured and is really run.
        compiled ??= compileQuery(this.schema, withPlainVariables(document), operationName ?? undefined, {
          disablingCapturingStackErrors: true,
        });
        if (isCompiledQuery(compiled))
          return (compiled as CompiledQuery).query(rootValue, contextValue, coerced) as ExecutionResult;
        // What the compiler does not know is interpreted: slower, never wrong.
        const args = { schema: this.schema, document, operationName, rootValue, contextValue };
        return execute({ ...args, variableValues: given }) as ExecutionResult;
      },
    };
  }
}

/**
 * The compiler unrolls the types of variables and never ends on one that contains itself, as every filter does. So variables are
 * coerced by graphql-js, which knows all there is to know about them, and the compiled form takes them as they come: as JSON.
 */
function withPlainVariables(document: DocumentNode): DocumentNode {
  const type: NamedTypeNode = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: Json.name } };
  return {
    ...document,
    definitions: document.definitions.map(definition =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? {
            ...definition,
            variableDefinitions: definition.variableDefinitions?.map(({ defaultValue: _default, ...variable }) => ({
              ...variable,
              type,
            })),
          }
        : definition,
    ),
  };
}
