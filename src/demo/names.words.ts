import type { Tongue } from './example.js';

/** Word lists for invented people and companies; any likeness is chance. */
const words = (text: string): readonly string[] => text.trim().replace(/\s+/g, ' ').split(/ ?, ?/);

export const givenNames: Record<Tongue, readonly string[]> = {
  es: words(`Lucía, Mateo, Valentina, Santiago, Camila, Diego, Sofía, Alejandro, Mariana, Javier, Ximena, Andrés, Paula,
    Sebastián, Daniela, Nicolás, Carmen, Tomás, Renata, Joaquín, Isabel, Emiliano, Rocío, Ignacio, Gabriela, Martín, Elena,
    Rodrigo, Ana María, José Luis, Pilar, Fernando, Julieta, Óscar, Natalia, Raúl, Victoria, Hugo, Consuelo, Íñigo`),
  pt: words(`João Pedro, Maria Clara, Gabriel, Beatriz, Lucas, Larissa, Rafael, Inês, Thiago, Júlia, Gustavo, Catarina,
    Felipe, Letícia, Bruno, Mariana, André, Fernanda, Leonor, Caio, Camila, Vítor, Aline, Duarte, Patrícia, Tomás, Luiza,
    Marcelo, Sofia, Otávio, Helena, Gonçalo, Renata, Murilo, Teresa, Antônio`),
  en: words(`Emma, Noah, Olivia, Liam, Grace, Jack, Chloe, Ethan, Amelia, Daniel, Hannah, Samuel, Zoe, Marcus, Abigail,
    Owen, Naomi, Theo, Priya, Caleb, Ruby, Isaac, Maya, George`),
};

export const surnames: Record<Tongue, readonly string[]> = {
  es: words(`Fernández, Rojas, García, Mendoza, López, Herrera, Martínez, Castillo, González, Navarro, Rodríguez, Ibáñez,
    Sánchez, Quiroga, Ramírez, Paredes, Torres, Aguilar, Flores, Montoya, Vargas, Salazar, Ortega, Benítez, Cabrera, Peña,
    Núñez, Domínguez, Zamora, Escobar, Muñoz, Valdés, Ríos, Carrasco, Iturbe, Bustamante, del Río, de la Fuente`),
  pt: words(`da Silva, Santos, Oliveira, Pereira, Costa, Ferreira, Rodrigues, Almeida, Nascimento, Carvalho, Ribeiro,
    Gonçalves, Barbosa, Moreira, Teixeira, Figueiredo, Azevedo, Cardoso, Nogueira, Magalhães, Vasconcelos, Antunes, Leitão,
    Queirós, Falcão, Assunção, Brandão, dos Anjos, Guimarães, Pacheco`),
  en: words(`Walker, Bennett, Hughes, Parker, Morgan, Foster, Reed, Coleman, Bailey, Griffin, Hayes, Porter, Marsh, Doyle,
    Whitaker, Barnes, Nolan, Pratt, Osborne, Lowe, Chandler, Frost, Kemp, Sutton`),
};

export const companyTrades: Record<Tongue, readonly string[]> = {
  es: words(`Panificadora, Transportes, Ferretería, Clínica Dental, Cafetería, Distribuidora, Hotel, Librería, Taller,
    Academia, Constructora, Molinos, Lácteos, Eventos, Farmacia`),
  pt: words(`Padaria, Transportadora, Ferragens, Clínica, Café, Distribuidora, Pousada, Livraria, Oficina, Escola,
    Construtora, Moinhos, Laticínios, Eventos, Farmácia`),
  en: words(
    'Bakery Supply, Logistics, Hardware, Dental, Coffee, Catering, Hotel, Books, Garage, Academy, Builders, Dairy',
  ),
};

export const companyNames: Record<Tongue, readonly string[]> = {
  es: words(`San Telmo, La Ceiba, El Roble, Arrayán, Los Andes, El Mirador, Alameda, Santa Clara, El Faro, Tres Ríos,
    La Estación, El Jacarandá, Aurora, El Nogal, Puerto Viejo, La Herradura, Monteverde, El Trébol`),
  pt: words(`Boa Vista, Ipê Amarelo, Atlântico, Ribeira, São Bento, Três Marias, Aurora, do Mercado, Serra Azul, Beira Rio,
    Estrela do Norte, Mirante, Jacarandá, das Flores, Porto Novo, Monte Claro`),
  en: words('Riverside, Northgate, Old Mill, Harbour, Oakwood, Bluebird, Stonebridge, Willow, Lakeside, Redfern'),
};

export const customerTags: readonly (readonly [string, number])[] = [
  ['vip', 6],
  ['new', 14],
  ['loyal', 22],
  ['at-risk', 9],
  ['newsletter', 20],
  ['loyalty-card', 18],
  ['wholesale', 5],
  ['press', 2],
];

/** What people like, by subject, in their own words. */
export const preferences: Record<Tongue, readonly (readonly [key: string, values: readonly string[]])[]> = {
  es: [
    [
      'bread',
      ['le gusta el pan bien horneado', 'prefiere el pan poco tostado', 'solo pan sin gluten', 'pan de masa madre'],
    ],
    ['contact', ['prefiere que le escriban', 'llamar solo por la tarde', 'no llamar los lunes']],
    ['delivery', ['dejar el pedido con el portero', 'tocar el timbre dos veces', 'entregar antes de las 9']],
    ['billing', ['factura electrónica', 'paga siempre con tarjeta', 'factura a nombre de la empresa']],
  ],
  pt: [
    [
      'bread',
      ['gosta do pão bem assado', 'prefere o pão mais clarinho', 'só pão sem glúten', 'pão de fermentação natural'],
    ],
    ['contact', ['prefere mensagem', 'ligar só à tarde', 'não ligar na segunda-feira']],
    ['delivery', ['deixar com o porteiro', 'tocar a campainha duas vezes', 'entregar antes das 9h']],
    ['billing', ['fatura por e-mail', 'paga sempre com cartão', 'fatura em nome da empresa']],
  ],
  en: [
    ['bread', ['likes the bread well baked', 'prefers a pale crust', 'gluten-free only', 'sourdough every Saturday']],
    ['contact', ['prefers to be written to', 'call in the afternoon only', 'no calls on Mondays']],
    ['delivery', ['leave it with the neighbour', 'ring twice', 'deliver before 9 am']],
    ['billing', ['paperless bill', 'always pays by card', 'invoice to the company']],
  ],
};

export const notes: Record<Tongue, readonly string[]> = {
  es: words(`Llamó para confirmar el pedido del sábado., Pide siempre hablar con la misma tienda., Quedó contenta con la solución
    de la última queja., Organiza los desayunos de su oficina., Avisar cuando vuelva el roscón., Está comparando tarifas con la competencia.`),
  pt: words(`Ligou para confirmar a encomenda de sábado., Pede sempre para falar com a mesma loja., Ficou satisfeita com a solução
    da última reclamação., Organiza o café da manhã do escritório., Está a comparar preços com a concorrência.`),
  en: words(`Called to confirm the order for Saturday., Always asks for the same shop., Was happy with how the last complaint
    ended., Runs the office breakfasts., Is comparing plans with a competitor.`),
};
