import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AppError, ERRORS, type ErrorCode, sqlState } from '../platform/errors.js';
import type { Logger } from '../platform/logger.js';

/** Apollo's own codes, in the words of our table. */
const APOLLO_CODES: Record<string, ErrorCode> = {
  [ApolloServerErrorCode.GRAPHQL_PARSE_FAILED]: 'BAD_USER_INPUT',
  [ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED]: 'BAD_USER_INPUT',
  [ApolloServerErrorCode.BAD_REQUEST]: 'BAD_USER_INPUT',
  [ApolloServerErrorCode.BAD_USER_INPUT]: 'BAD_USER_INPUT',
  [ApolloServerErrorCode.OPERATION_RESOLUTION_FAILURE]: 'BAD_USER_INPUT',
  [ApolloServerErrorCode.PERSISTED_QUERY_NOT_FOUND]: 'BAD_USER_INPUT',
  [ApolloServerErrorCode.PERSISTED_QUERY_NOT_SUPPORTED]: 'BAD_USER_INPUT',
};

/** SQLSTATEs that say something about the moment, not about a bug. */
const PASSING = new Set(['57P01', '57P02', '57P03', '53300', '08006', '08003', '08001', '57014']);

/** A text PostgreSQL cannot keep (a NUL byte), or a number out of range, is the caller's mistake wherever it surfaces. */
const BAD_VALUES = new Set(['22021', '22P05', '22003', '22P02', '22008', '22007']);

/**
 * The one place where failures become GraphQL errors. What is in the table keeps its code and message; what is not is a bug:
 * it is logged with the request's id and shown as INTERNAL with that id, nothing else.
 */
export function formatError(error: unknown, log: Logger, requestId: string): GraphQLFormattedError {
  const graphQLError = error instanceof GraphQLError ? error : undefined;
  const cause = rootCause(error);
  const place = {
    ...(graphQLError?.locations ? { locations: graphQLError.locations } : {}),
    ...(graphQLError?.path ? { path: graphQLError.path } : {}),
  };

  if (cause instanceof AppError) {
    return { message: cause.message, ...place, extensions: { code: cause.code, ...cause.details } };
  }
  // A parser that calls itself for every bracket ends like this.
  if (isOverflow(cause) || isOverflow(error)) return shown('TOO_DEEP', ERRORS.TOO_DEEP.message, place);
  const state = sqlState(cause);
  if (state && BAD_VALUES.has(state))
    return shown('BAD_USER_INPUT', 'A value cannot be stored as it was given.', place);
  if (state && PASSING.has(state)) {
    log.warn({ err: cause }, 'the database did not answer');
    return shown('UNAVAILABLE', ERRORS.UNAVAILABLE.message, place);
  }
  const given = graphQLError?.extensions?.code;
  if (typeof given === 'string') {
    if (given in ERRORS)
      return {
        message: graphQLError!.message,
        ...place,
        extensions: { ...graphQLError!.extensions, stacktrace: undefined },
      };
    const code = APOLLO_CODES[given];
    if (code) return shown(code, graphQLError!.message, place);
  }
  // Raised by graphql-js itself, while it read the document or its variables: no field has been asked yet.
  if (graphQLError && !graphQLError.path && (cause instanceof GraphQLError || isAboutVariable(graphQLError)))
    return shown('BAD_USER_INPUT', graphQLError.message, place);
  log.error({ err: cause }, 'an operation failed for a reason nobody foresaw');
  return {
    message: `Something went wrong on our side. It was noted under ${requestId}.`,
    ...place,
    extensions: { code: 'INTERNAL', requestId },
  };
}

/** What Apollo refuses by itself, before there is an operation, under our table's code. */
export function inTable(error: GraphQLFormattedError): GraphQLFormattedError {
  const code = APOLLO_CODES[String(error.extensions?.code)];
  return code ? { ...error, extensions: { code } } : error;
}

function shown(code: ErrorCode, message: string, place: object): GraphQLFormattedError {
  return { message, ...place, extensions: { code } };
}

const isAboutVariable = (error: GraphQLError): boolean => error.message.startsWith('Variable "$');

const isOverflow = (error: unknown): boolean => (error as Error | null)?.message === 'Maximum call stack size exceeded';

function rootCause(error: unknown): unknown {
  let current = error;
  while (current instanceof GraphQLError && current.originalError) current = current.originalError;
  return current;
}
