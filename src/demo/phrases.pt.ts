import { lines, type Phrases } from './phrases.js';

export const portuguese: Phrases = {
  words: {
    time: lines(`
      hoje de manhã | ontem à tarde | no sábado | há dois dias | ao meio-dia | ontem à noite | na semana passada
      agora há pouco`),
    // Only the feminine ones, so that one preposition fits them all.
    day: lines(`segunda-feira | terça-feira | quarta-feira | quinta-feira | sexta-feira`),
  },
  openers: {
    COMPLAINT: lines(`Que vergonha. | De novo isso. | Não acredito. | Cansei. | Olha, | Péssimo.`),
    QUESTION: lines(`Olá, | Bom dia, | Uma dúvida: | Desculpem a pergunta, | Boa tarde, | Pergunta rápida:`),
    PRAISE: lines(`Que maravilha! | Tenho de dizer: | Sério, | Nunca falha. | Parabéns! | Que delícia.`),
    PURCHASE: lines(`Olá, | Boa tarde, | Tenho interesse: | Decidi: | Já me convenceram. | Oi,`),
    CHATTER: lines(`Bom, | Fato inútil: | Pois é, | Domingo de sofá. | Hoje foi assim. | Enquanto isso,`),
  },
  closers: {
    COMPLAINT: lines(`
      Quero uma solução já. | Isso não é jeito de tratar cliente. | Não volto mais. | Alguém responde?
      Péssimo atendimento. | Espero uma ligação hoje.`),
    QUESTION: lines(`
      Obrigada! | Obrigado desde já. | Alguém sabe? | Fico à espera. | É para a minha mãe. | Abraço de {place}.`),
    PRAISE: lines(`
      Obrigado à equipe de {place}. | Volto sempre. | Nota dez. | Dá para sentir o carinho. | Recomendo muito.
      Continuem assim.`),
    PURCHASE: lines(`
      Como faço? | Mandam o preço? | Pago hoje mesmo. | Preciso para {day}. | Podem chamar no privado. | Obrigada.`),
    CHATTER: lines(`
      É isso. | E vocês, tudo bem? | Coisas de {place}. | Feliz {day}. | Bom fim de semana. | Não me julguem.`),
  },
  sectors: {
    BAKERY: {
      products: lines(`
        um pão de fermentação natural | meia dúzia de croissants | dois pastéis de nata | uma broa de milho
        pão de queijo | um bolo de laranja | pão sem glúten | um pão bem assado | uma rosca doce`),
      tags: lines(`#padaria | #pãoquente | #cafédamanhã`),
      COMPLAINT: lines(`
        Comprei {product} na {brand} {time} e estava tudo duro.
        Terceira vez que a {brand} me entrega {product} mal assado.
        Pedi {product} à {brand} e chegou {minutes} minutos atrasado e frio.
        A {brand} cobrou duas vezes {product} em {place} e ninguém devolve o dinheiro.
        {minutes} minutos na fila da {brand} em {place} para ouvir que acabou tudo.`),
      QUESTION: lines(`
        {brand}, a que horas abrem em {place} na {day}?
        {product} da {brand} leva leite? A minha filha é alérgica.
        Dá para encomendar {product} na {brand} para {day}?
        {brand}, até que horas entregam em {place}?`),
      PRAISE: lines(`
        Provei {product} da {brand} {time} e é o melhor de {place}.
        O pão da {brand} vem sempre no ponto, bem assado como eu gosto.
        A moça da {brand} em {place} guardou {product} para mim. Um amor.
        Melhor café de {place}: {brand}, com {product}.`),
      PURCHASE: lines(`
        Quero encomendar {product} na {brand} para {n} pessoas, {day}.
        {brand}, fazem preço para {n} unidades? Procuro {product} para o escritório.
        Preciso de {product} toda {day} para o meu café em {place}, {brand}.
        {brand}, reservam {product} para {day}? Passo em {place}.`),
      CHATTER: lines(`
        Café, chuva e {product} da {brand}.
        A minha avó diz que o pão de antigamente era melhor, mas comeu {product} da {brand} sozinha.
        Corri {n} quilômetros e recuperei tudo na {brand} com {product}.
        A rua inteira cheira a pão por causa da {brand} de {place}.`),
      news: lines(`
        Hoje sai do forno {product}, a partir das 7h em {place}.
        Procuramos padeiros para a loja de {place}.
        Nesta {day} abrimos uma hora mais cedo em {place}.`),
      titles: lines(`Como se faz um pão bem assado | Fermentação natural: paciência e farinha | Loja nova em {place}`),
    },
    BANK: {
      products: lines(`
        o aplicativo | o cartão de débito | a conta digital | a transferência | o caixa eletrônico de {place}
        a conta salário | o cartão de crédito`),
      tags: lines(`#banco | #finanças | #app`),
      COMPLAINT: lines(`
        {brand}, {product} não funciona desde {time} e tenho o aluguel para pagar.
        Cobraram {price} de tarifa sem avisar, {brand}.
        Estou há {minutes} minutos no telefone da {brand} por uma compra que não reconheço.
        A {brand} bloqueou a minha conta {time} e ninguém explica. Um desastre.
        O caixa da {brand} em {place} engoliu o meu cartão.`),
      QUESTION: lines(`
        {brand}, quanto tempo demora para ativar {product}?
        Que documentos a {brand} pede para abrir conta em {place}?
        {brand}, dá para mudar o limite pelo {mobile}?
        A agência da {brand} em {place} abre na {day}?`),
      PRAISE: lines(`
        Até que enfim um banco que responde: {brand} resolveu em {n} minutos.
        A versão nova do aplicativo da {brand} está muito rápida.
        Fui muito bem atendida na {brand} de {place} {time}.
        A {brand} devolveu {price} sem eu pedir. Parabéns.`),
      PURCHASE: lines(`
        Quero um empréstimo de {price} para o meu negócio em {place}, {brand}.
        {brand}, tenho interesse no crédito para casa que anunciaram.
        Quero passar o meu salário para a {brand}, o que oferecem?
        {brand}, preciso de {n} cartões para os funcionários da empresa.`),
      CHATTER: lines(`
        Fim do mês e o saldo na {brand} olha para mim com pena.
        Fila na {brand} de {place}, já somos todos amigos.
        O calendário da {brand} é a única coisa em ordem cá em casa.
        O meu sobrinho quer trabalhar na {brand} quando crescer.`),
      news: lines(`
        A partir de {day} já pode pausar o cartão no aplicativo.
        A nossa agência de {place} tem horário novo à tarde.
        Nunca pedimos senhas por mensagem. Na dúvida, desligue.`),
      titles: lines(`Cinco sinais de golpe por mensagem | Poupar sem perceber | Como ler o seu extrato`),
    },
    MOBILE: {
      products: lines(`
        a cobertura | a internet | a portabilidade | a fibra | o plano família | a linha da minha mãe | o roaming`),
      tags: lines(`#semsinal | #fibra | #5G`),
      COMPLAINT: lines(`
        {brand}, {product} caiu em {place} {time}. Trabalho em casa e assim não dá.
        Veio uma fatura de {price} e o meu plano é metade disso, {brand}.
        {n} ligações para a {brand} e cada atendente diz uma coisa.
        A {brand} cancelou a minha linha sem perguntar. Inacreditável.
        Sem sinal em {place} outra vez, {brand}. Pago por um {mobile} que não liga.`),
      QUESTION: lines(`
        {brand}, quando chega {product} a {place}?
        Como ativo o eSIM da {brand} num {mobile} novo?
        {brand}, {product} tem fidelização?
        Há alguma avaria da {brand} em {place}?`),
      PRAISE: lines(`
        {product} da {brand} funciona até na aldeia, quem diria.
        O técnico da {brand} veio {time} a {place} e deixou tudo perfeito.
        Mudei para a {brand} há um mês e adoro {product}.
        Obrigado {brand}, resolveram {product} em {n} minutos.`),
      PURCHASE: lines(`
        Quero passar {n} linhas da empresa para a {brand}.
        {brand}, que {mobile} têm por menos de {price}?
        Procuro fibra e {mobile} em {place}, {brand}. Mudo esta semana.
        {brand}, quero contratar {product} para {day}.`),
      CHATTER: lines(`
        O meu {mobile} da {brand} sobreviveu à máquina de lavar.
        Desafio: uma {day} inteira sem {mobile}. Perdi em {n} minutos.
        A música de espera da {brand} já é a minha favorita.
        Em {place} só há sinal da {brand} em cima da mesa.`),
      news: lines(`
        A fibra chega a {place}: consulte a sua rua no site.
        Nesta {day} trabalhamos na rede de {place} das 2h às 4h.
        Novo plano família com {n} linhas.`),
      titles: lines(`Guia para usar o eSIM | Por que a velocidade cai à noite | O 5G chega a {place}`),
    },
    MARKET: {
      products: lines(
        `a fruta | a entrega em casa | a carne | a compra do mês | o peixe | a oferta do azeite | o iogurte`,
      ),
      tags: lines(`#supermercado | #ofertas | #compras`),
      COMPLAINT: lines(`
        {product} da {brand} chegou em mau estado {time}.
        Na {brand} de {place} o preço do caixa não é o da prateleira: {price} de diferença.
        Fiz um pedido na {brand} e faltavam {n} produtos. Ninguém responde.
        Um só caixa aberto na {brand} de {place} e {minutes} minutos de fila.`),
      QUESTION: lines(`
        {brand}, {product} volta esta semana a {place}?
        A {brand} entrega em {place} na {day}?
        Como uso os pontos da {brand}? Tenho {n} e não sei se vencem.
        {brand}, até quando vai a promoção?`),
      PRAISE: lines(`
        {product} da {brand} é do melhor que comprei este ano.
        Pedi na {brand} {time} e em {minutes} minutos estava em casa.
        Que simpatia todo o pessoal da {brand} em {place}.
        A {brand} baixou os preços de verdade, poupei {price}.`),
      PURCHASE: lines(`
        {brand}, quero fazer um pedido grande para {n} pessoas, {day}.
        A {brand} vende no atacado? Tenho um restaurante em {place}.
        Preciso de {n} caixas de água para {day}, {brand}.
        {brand}, reservam {product} em {place}?`),
      CHATTER: lines(`
        Entrei na {brand} para comprar leite e saí com {n} coisas e sem leite.
        Encontrei a minha professora na {brand} de {place}. Ainda não falámos daquela prova.
        A lista de hoje: {product}, pão e paciência.
        Na {brand} já é Natal e ainda é {day}.`),
      news: lines(`
        Esta semana, {product} pela metade do preço em {place}.
        Doámos {n} toneladas de alimentos em {place}.
        Já pode levantar o seu pedido em {place}.`),
      titles: lines(`
        Menu da semana por menos de {price} | Como escolher fruta da época | Menos plástico nas nossas lojas`),
    },
    HOME: {
      products: lines(`
        uma mesa de jantar | um sofá-cama | cortinas sob medida | duas luminárias | uma estante | um colchão
        seis cadeiras`),
      tags: lines(`#decoração | #casanova`),
      COMPLAINT: lines(`
        Comprei {product} na {brand} e chegou com defeito. Já liguei {n} vezes.
        A {brand} está um mês atrasada com o meu pedido: {product}.
        Faltavam parafusos em {product} da {brand} e as instruções não ajudam.
        A {brand} não quer trocar {product}. Paguei {price}.`),
      QUESTION: lines(`
        {brand}, montam {product} em casa em {place}?
        Quanto tempo a {brand} demora a entregar {product}?
        {brand}, posso devolver {product} se não passar na porta?
        Há loja da {brand} em {place}?`),
      PRAISE: lines(`
        A minha casa parece outra com a {brand}: {product} e pronto.
        Montagem impecável da {brand} em {place}, dois rapazes muito educados.
        A {brand} trocou {product} sem fazer perguntas.
        Qualidade incrível por {price}, {brand}.`),
      PURCHASE: lines(`
        Procuro {product} por menos de {price}, {brand}.
        {brand}, quero {product} para {day}, entregam em {place}?
        Vou mobiliar uma pousada de {n} quartos em {place}, {brand}. Com quem falo?
        {brand}, têm {product} noutra cor? Compro hoje.`),
      CHATTER: lines(`
        Montei {product} da {brand} e sobraram {n} peças. Não deviam ser importantes.
        O gato decidiu que {product} da {brand} é dele.
        {day} de arrastar móveis até tudo voltar ao lugar.
        Discussão de casal número {n} na {brand} de {place}.`),
      news: lines(`
        A coleção de outono chegou a {place}.
        Oficina grátis nesta {day}: restaure a sua mesa.
        Recolhemos o seu móvel antigo em {place}.`),
      titles: lines(`Como escolher um colchão | Salas pequenas, ideias grandes | A madeira que usamos`),
    },
  },
  replies: {
    COMPLAINT: lines(`
      Comigo foi igual {time}, a {brand} não aprende.
      Faz uma reclamação por escrito, comigo resolveu.
      Pois eu sempre fui bem atendido pela {brand} em {place}.
      Estou assim há {n} dias, que desespero.
      Continuo à espera de resposta, {brand}.
      Muda, eu mudei {time} e estou feliz.`),
    QUESTION: lines(`
      Perguntei {time} e disseram que sim.
      Em {place} acho que só na {day}.
      Também quero saber, {brand}.
      Vê no site da {brand}, está lá.
      Depende da loja, liga antes.`),
    PRAISE: lines(`
      Concordo, a {brand} de {place} é outra coisa.
      Fiquei com vontade!
      Não tive a mesma sorte, mas fico contente.
      Confirmo, fui {time}.
      Assino embaixo, nota {n} para a {brand}.`),
    PURCHASE: lines(`
      Comprei {time} por {price}, vale a pena.
      Se fizer o pedido avisa, dividimos a entrega.
      Espera até {day}, costuma ter oferta na {brand}.
      Em {place} há mais variedade.`),
    CHATTER: lines(`
      Kkkk, igual em {place}.
      Acontece comigo toda {day}.
      Estou a rir sozinha.
      Sem foto não aconteceu.
      Somos dois, {n} a zero.`),
  },
  answers: {
    COMPLAINT: lines(`
      Lamentamos o ocorrido. Pode mandar o número do pedido no privado?
      Desculpe a espera. A equipa de {place} já está a ver.
      Obrigado por avisar, não é isso que queremos. Ligamos hoje.`),
    QUESTION: lines(`
      Olá! Sim, em {place} até às {hour}.
      Boa pergunta: confirmamos hoje no privado.
      Olá, está tudo em https://example.com/ajuda`),
    PRAISE: lines(`
      Que alegria ler isto! Vamos contar à equipa de {place}.
      Nós é que agradecemos. Até {day}!
      Ganhámos o dia.`),
    PURCHASE: lines(`
      Com prazer! Vamos chamar no privado para anotar o pedido.
      Ligamos hoje com o preço.
      Conseguimos, sim. Para que horas de {day}?`),
    CHATTER: lines(`😂 Nós também. | Por aqui continuamos. | O segredo fica connosco.`),
  },
  quotes: lines(`
    Isto. É exatamente isto que acontece com a {brand} em {place}.
    Atenção ao que contam da {brand}.
    E não é o único caso, {brand}.
    Depois digam que não avisei. Parabéns, {brand}.
    Mais alguém em {place}?
    Vou guardar, interessa-me isto da {brand}.`),
  comments: {
    COMPLAINT: lines(`
      Artigo muito bonito, mas em {place} o atendimento é mau desde {time}.
      Prometem muito e cumprem pouco. Estou à espera há {n} dias.`),
    QUESTION: lines(`
      E isto vale também para a loja de {place}?
      Podem explicar melhor o segundo ponto? Não ficou claro.
      Quando sai a segunda parte?`),
    PRAISE: lines(`
      Excelente artigo, experimentei {time} e funciona.
      Obrigada por partilhar, mandei a {n} amigos.
      Muito bem explicado.`),
    PURCHASE: lines(`
      Depois de ler quero comprar, onde encontro em {place}?
      Quanto custa? Preciso de {n}.`),
    CHATTER: lines(`
      Abraço de {place}, leio vocês toda {day}.
      A minha avó fazia igual.
      Cheguei aqui à procura de outra coisa e fiquei.`),
  },
  corrections: lines(`
    Edit: já responderam, obrigado.
    Edit: era na {day}, desculpem.
    (corrigido, dedo errado)
    Atualização: continua igual.`),
};
