/** Who speaks: she, the brand, another customer or a stranger by number. */
export type Voice = 'SHE' | 'BRAND' | `C${number}` | `S${number}`;

export interface Line {
  by: Voice;
  /** Minutes after the complaint. */
  after: number;
  /** Place in the list of what it answers, quotes or passes on. */
  answers?: number;
  quotes?: number;
  reposts?: number;
  text: string;
}

const QUOTE = 'quotes';
const ANSWER = 'answers';

function line(by: Voice, after: number, how: 'answers' | 'quotes', target: number, text: string): Line {
  return { by, after, [how]: target, text };
}

const repost = (by: Voice, after: number): Line => ({ by, after, reposts: 0, text: '' });

/** A complaint and what came of it; `{brand}` is the brand's handle. Customers and strangers are as many as are named here. */
export const conversation: readonly Line[] = [
  {
    by: 'SHE',
    after: 0,
    text: 'Tercera semana esperando el pedido de {brand}: cobrado, perdido y nadie contesta. Es una vergüenza. ¿Cuándo me devuelven el dinero?',
  },
  line('C0', 6, ANSWER, 0, 'A mí me pasó lo mismo en abril. Cobran el mismo día y luego desaparecen.'),
  line('C1', 9, ANSWER, 0, 'Gracias por decirlo en voz alta. Estaba a punto de pedir y ya no pido.'),
  line('S0', 11, ANSWER, 0, '¿Y no te dan ni un número de seguimiento? Qué desastre.'),
  line('C2', 14, QUOTE, 0, 'Si a Lola, que es clienta de toda la vida, la tratan así, imagínense a los demás.'),
  line(
    'BRAND',
    18,
    ANSWER,
    0,
    'Lamentamos la espera. Envíanos por privado el número de pedido y lo revisamos hoy mismo.',
  ),
  line('SHE', 24, ANSWER, 5, 'Eso mismo me dijeron hace dos semanas. Lo he enviado cuatro veces y sigo sin respuesta.'),
  line('C3', 29, ANSWER, 6, 'Cuatro veces es una burla. Preséntate en la tienda y no te muevas.'),
  repost('C4', 31),
  line('C5', 35, QUOTE, 0, 'Yo llevo diez días con el mío. No es un caso aislado.'),
  line('SHE', 41, ANSWER, 7, 'Fui a la tienda y dijeron que allí no saben nada. Qué vergüenza.'),
  line('C3', 46, ANSWER, 10, 'Mañana te acompaño si quieres: entre dos se nos oye más.'),
  line('C6', 52, ANSWER, 6, 'Cancelé mi pedido por tu culpa, y te lo agradezco.'),
  repost('C7', 55),
  line('S1', 58, QUOTE, 0, 'Menos anuncios y más repartidores.'),
  line('S2', 63, ANSWER, 1, 'En abril yo tuve que llamar al banco para que me devolvieran el cargo.'),
  line('C8', 70, ANSWER, 0, 'Acabo de leerte y he devuelto la tarjeta de socio. Mucho ánimo.'),
  repost('S3', 74),
  line('C9', 81, QUOTE, 0, 'Lean el hilo entero antes de comprar ahí.'),
  line(
    'BRAND',
    90,
    ANSWER,
    6,
    'Tienes razón y te pedimos disculpas. Hoy te devolvemos el importe y mañana te llama nuestra responsable.',
  ),
  line('SHE', 97, ANSWER, 19, 'Cuando lo vea en la cuenta lo creeré. Tres semanas perdidas y nadie responde de nada.'),
  line('C0', 103, ANSWER, 20, 'Cuéntalo, por favor. Yo también quiero reclamar lo mío.'),
  line('C6', 108, ANSWER, 20, 'Avísanos. Hasta que no te paguen, no vuelvo.'),
  repost('C1', 112),
  line('S4', 120, ANSWER, 20, 'Sigo el hilo, que estoy igual.'),
  repost('S5', 124),
  repost('S6', 127),
  line('S7', 131, ANSWER, 0, 'Otra más. Lo mío va para un mes y tampoco llega.'),
  repost('S8', 138),
  line('S9', 144, QUOTE, 0, 'Esto debería leerlo quien manda ahí.'),
  repost('S10', 149),
  line('S11', 155, ANSWER, 20, 'Ojalá te paguen. Yo desistí.'),
];
