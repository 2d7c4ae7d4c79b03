import type { Tongue } from './example.js';
import type { Random } from './random.js';

export interface Country {
  code: string;
  language: string;
  tongue: Tongue;
  /** City, region, first digits of its postal code. */
  cities: readonly (readonly [city: string, region: string, postal: string])[];
  /** `#` is a digit. */
  postal: string;
  streets: readonly string[];
  /** E.164 as a pattern; its `#` are filled with the customer's number, so that no two customers share a phone. */
  phone: readonly string[];
  companySuffix: string;
  price: (units: number) => string;
  mobileWord: string;
}

export const countries: readonly (readonly [Country, number])[] = [
  [
    {
      code: 'MX',
      language: 'es-MX',
      tongue: 'es',
      cities: [
        ['Ciudad de México', 'CDMX', '06'],
        ['Guadalajara', 'Jalisco', '44'],
        ['Monterrey', 'Nuevo León', '64'],
        ['Puebla', 'Puebla', '72'],
        ['Mérida', 'Yucatán', '97'],
      ],
      postal: '###',
      streets: ['Av. Insurgentes', 'Calle Hidalgo', 'Av. Juárez', 'Calle Morelos', 'Calle 5 de Mayo'],
      phone: ['+5255########', '+5233########', '+5281########'],
      companySuffix: 'S.A. de C.V.',
      price: units => `${units * 20} pesos`,
      mobileWord: 'celular',
    },
    22,
  ],
  [
    {
      code: 'ES',
      language: 'es-ES',
      tongue: 'es',
      cities: [
        ['Madrid', 'Madrid', '28'],
        ['Barcelona', 'Barcelona', '08'],
        ['Valencia', 'Valencia', '46'],
        ['Sevilla', 'Sevilla', '41'],
        ['Bilbao', 'Bizkaia', '48'],
      ],
      postal: '0##',
      streets: ['Calle Mayor', 'Avenida de la Constitución', 'Calle del Olmo', 'Paseo del Prado', 'Calle San Juan'],
      phone: ['+346########'],
      companySuffix: 'S.L.',
      price: units => `${units} €`,
      mobileWord: 'móvil',
    },
    18,
  ],
  [
    {
      code: 'CO',
      language: 'es-CO',
      tongue: 'es',
      cities: [
        ['Bogotá', 'Bogotá D.C.', '110'],
        ['Medellín', 'Antioquia', '050'],
        ['Cali', 'Valle del Cauca', '760'],
        ['Barranquilla', 'Atlántico', '080'],
      ],
      postal: '0##',
      streets: ['Carrera 7', 'Calle 85', 'Avenida El Dorado', 'Carrera 15', 'Calle 10'],
      phone: ['+57300#######', '+57310#######', '+57320#######'],
      companySuffix: 'S.A.S.',
      price: units => `${units * 4}.000 pesos`,
      mobileWord: 'celular',
    },
    10,
  ],
  [
    {
      code: 'AR',
      language: 'es-AR',
      tongue: 'es',
      cities: [
        ['Buenos Aires', 'CABA', 'C1'],
        ['Córdoba', 'Córdoba', 'X5'],
        ['Rosario', 'Santa Fe', 'S2'],
        ['Mendoza', 'Mendoza', 'M5'],
      ],
      postal: '###',
      streets: ['Av. Corrientes', 'Av. Santa Fe', 'Calle Belgrano', 'Av. Rivadavia', 'Calle San Martín'],
      phone: ['+549114#######', '+549115#######', '+549116#######'],
      companySuffix: 'S.R.L.',
      price: units => `${units}.500 pesos`,
      mobileWord: 'celular',
    },
    10,
  ],
  [
    {
      code: 'CL',
      language: 'es-CL',
      tongue: 'es',
      cities: [
        ['Santiago', 'Región Metropolitana', '83'],
        ['Valparaíso', 'Valparaíso', '23'],
        ['Concepción', 'Biobío', '40'],
      ],
      postal: '#####',
      streets: ['Av. Providencia', 'Calle Merced', 'Av. Vicuña Mackenna', 'Calle Condell'],
      phone: ['+5695#######', '+5698#######'],
      companySuffix: 'SpA',
      price: units => `${units}.990 pesos`,
      mobileWord: 'celular',
    },
    6,
  ],
  [
    {
      code: 'BR',
      language: 'pt-BR',
      tongue: 'pt',
      cities: [
        ['São Paulo', 'SP', '01'],
        ['Rio de Janeiro', 'RJ', '20'],
        ['Belo Horizonte', 'MG', '30'],
        ['Porto Alegre', 'RS', '90'],
        ['Recife', 'PE', '50'],
      ],
      postal: '###-0##',
      streets: ['Rua das Laranjeiras', 'Avenida Brasil', 'Rua XV de Novembro', 'Rua da Aurora', 'Avenida Paulista'],
      phone: ['+55119########', '+55219########', '+55319########'],
      companySuffix: 'Ltda.',
      price: units => `R$ ${units * 5},90`,
      mobileWord: 'celular',
    },
    18,
  ],
  [
    {
      code: 'PT',
      language: 'pt-PT',
      tongue: 'pt',
      cities: [
        ['Lisboa', 'Lisboa', '1'],
        ['Porto', 'Porto', '4'],
        ['Coimbra', 'Coimbra', '3'],
        ['Braga', 'Braga', '4'],
      ],
      postal: '###-###',
      streets: ['Rua Augusta', 'Avenida da Liberdade', 'Rua de Santa Catarina', 'Rua do Comércio'],
      phone: ['+35191#######', '+35196#######'],
      companySuffix: 'Lda.',
      price: units => `${units} €`,
      mobileWord: 'telemóvel',
    },
    8,
  ],
  [
    {
      code: 'US',
      language: 'en-US',
      tongue: 'en',
      cities: [
        ['Miami', 'FL', '331'],
        ['Austin', 'TX', '787'],
        ['San Diego', 'CA', '921'],
      ],
      postal: '##',
      streets: ['Maple Street', 'Ocean Drive', 'Mission Boulevard', 'Congress Avenue'],
      // Exchange 555 is kept free of subscribers in North America.
      phone: ['305', '512', '619', '212', '415', '617', '713', '206', '312', '404'].map(area => `+1${area}555####`),
      companySuffix: 'LLC',
      price: units => `$${units}`,
      mobileWord: 'phone',
    },
    5,
  ],
  [
    {
      code: 'GB',
      language: 'en-GB',
      tongue: 'en',
      cities: [
        ['London', 'Greater London', 'E1 '],
        ['Manchester', 'Greater Manchester', 'M1 '],
        ['Brighton', 'East Sussex', 'BN1 '],
      ],
      postal: '#AB',
      streets: ['Mill Road', 'Station Road', 'Church Lane', 'Victoria Street'],
      phone: ['+447400######', '+447500######', '+447900######'],
      companySuffix: 'Ltd',
      price: units => `£${units}`,
      mobileWord: 'mobile',
    },
    3,
  ],
];

export const countryOf = new Map(countries.map(([country]) => [country.code, country]));

export function fillDigits(pattern: string, random: Random): string {
  return pattern.replace(/#/g, () => String(random.int(0, 9)));
}

/** The `index`-th phone number of a country: different for every index below 100,000, and far from its neighbour's. */
export function phoneOf(country: Country, index: number): string {
  const pattern = country.phone[index % country.phone.length]!;
  const digits = pattern.length - pattern.indexOf('#');
  const space = 10 ** digits;
  // 7,368,787 is prime, so multiplying by it is a permutation of the numbers below a power of ten.
  const number = (Math.floor(index / country.phone.length) * 7_368_787 + 4_283_117) % space;
  return pattern.slice(0, pattern.indexOf('#')) + String(number).padStart(digits, '0');
}
