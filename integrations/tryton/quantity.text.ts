import Big from 'big.js';

/** Tryton keeps quantities as floating point; more digits than this are of the floating point and not of the quantity. */
const DIGITS = 9;

/** A quantity as decimal text: 0.30000000000000004 is "0.3". */
export const quantityText = (quantity: number): string => Big(quantity).round(DIGITS).toFixed();

/** The same exact number without noughts at its end: "4.500000" is "4.5". */
export const withoutNoughts = (text: string): string => Big(text).toFixed();
