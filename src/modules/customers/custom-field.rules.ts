import { isCalendarDay, type Problems, report, requiredLine } from '../../platform/input.rules.js';
import { cleanLine, cleanText } from '../../platform/text.js';
import { CustomFieldType } from './custom-field.entity.js';
import type { DefineCustomFieldInput } from './custom-field.inputs.js';

export interface FieldDefinition {
  key: string;
  type: CustomFieldType;
  options: string[];
  required: boolean;
}

type FieldValue = string | number | boolean;

const MOST_TEXT = 2000;

/** A value as it is kept, or what is wrong with it. */
function readValue(definition: FieldDefinition, value: unknown): { value: FieldValue } | { mistake: string } {
  switch (definition.type) {
    case CustomFieldType.TEXT: {
      if (typeof value !== 'string') return { mistake: 'It is a text.' };
      const text = cleanText(value);
      return text.length <= MOST_TEXT ? { value: text } : { mistake: `It has at most ${MOST_TEXT} characters.` };
    }
    case CustomFieldType.NUMBER:
      return typeof value === 'number' && Number.isFinite(value) ? { value } : { mistake: 'It is a number.' };
    case CustomFieldType.BOOLEAN:
      return typeof value === 'boolean' ? { value } : { mistake: 'It is true or false.' };
    case CustomFieldType.DATE:
      return typeof value === 'string' && isCalendarDay(value)
        ? { value }
        : { mistake: 'It is a calendar day, as in 2026-11-22.' };
    case CustomFieldType.SELECT:
      return typeof value === 'string' && definition.options.includes(value)
        ? { value }
        : { mistake: `It is one of: ${definition.options.join(', ')}.` };
  }
}

/** `known` with what `given` says laid over it: null clears a key. What does not fit the definitions is reported. */
export function mergeCustomFields(
  problems: Problems,
  definitions: ReadonlyMap<string, FieldDefinition>,
  known: Record<string, unknown>,
  given: unknown,
): Record<string, unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    report(problems, 'customFields', 'It is an object, with a value for each key.');
    return known;
  }
  const merged = { ...known };
  for (const [key, raw] of Object.entries(given)) {
    const definition = definitions.get(key);
    const path = `customFields.${cleanLine(key).slice(0, 60)}`;
    if (!definition) {
      report(problems, path, 'There is no such custom field.', 'NOT_FOUND');
    } else if (raw === null || raw === '') {
      delete merged[key];
      if (definition.required) report(problems, path, 'It must be given.', 'REQUIRED');
    } else {
      const read = readValue(definition, raw);
      if ('value' in read) merged[key] = read.value;
      else report(problems, path, read.mistake);
    }
  }
  return merged;
}

/** Reports the required fields that a new customer came without. One that is known may lack a field defined after it. */
export function requireCustomFields(
  problems: Problems,
  definitions: ReadonlyMap<string, FieldDefinition>,
  given: object,
): void {
  for (const { key, required } of definitions.values()) {
    if (required && !(key in given)) report(problems, `customFields.${key}`, 'It must be given.', 'REQUIRED');
  }
}

/** The stored form of a definition; what is wrong with it is reported. */
export function cleanDefinition(problems: Problems, input: DefineCustomFieldInput) {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,49}$/.test(input.key)) {
    report(problems, 'key', 'It is a letter, then letters, digits and underscores, 50 at most.');
  }
  const label = requiredLine(problems, 'label', input.label, 100);
  const options = [...new Set((input.options ?? []).map(cleanLine).filter(Boolean))];
  const isSelect = input.type === CustomFieldType.SELECT;
  if (isSelect && options.length === 0) report(problems, 'options', 'A SELECT has options.', 'REQUIRED');
  if (!isSelect && options.length > 0) report(problems, 'options', 'Only a SELECT has options.');
  if (options.length > 200) report(problems, 'options', 'There are at most 200 options.', 'TOO_LONG');
  if (options.some(option => option.length > 100)) {
    report(problems, 'options', 'An option has at most 100 characters.', 'TOO_LONG');
  }
  return { key: input.key, label, type: input.type, options, required: input.required };
}
