import { lines, type Phrases } from './phrases.js';

export const spanish: Phrases = {
  words: {
    time: lines(`
      esta mañana | ayer por la tarde | el sábado | hace dos días | hoy a mediodía | anoche | la semana pasada
      hace un rato`),
    day: lines(`lunes | martes | miércoles | jueves | viernes | sábado | domingo`),
  },
  openers: {
    COMPLAINT: lines(`A ver, | Qué vergüenza. | Otra vez lo mismo. | No lo puedo creer. | Estoy harto. | Muy mal.`),
    QUESTION: lines(`Hola, | Buenas, | Una consulta: | Perdón la pregunta, | Buen día, | Pregunta rápida:`),
    PRAISE: lines(`¡Qué maravilla! | Hay que decirlo: | De verdad, | Nunca falla. | ¡Bravo! | Qué gusto.`),
    PURCHASE: lines(`Hola, | Buenas tardes, | Me interesa: | Estoy decidido: | Ya me convencieron. | Buenas,`),
    CHATTER: lines(`Bueno, | Dato inútil: | Pues nada, | Domingo de sofá. | Hoy toca. | Mientras tanto,`),
  },
  closers: {
    COMPLAINT: lines(`
      Quiero una solución ya. | Así no se trata a un cliente. | No vuelvo más. | ¿Alguien responde?
      Pésimo servicio. | Espero que me llamen hoy.`),
    QUESTION: lines(`
      ¡Gracias! | Gracias de antemano. | ¿Alguien sabe? | Quedo atenta. | Es para mi mamá. | Saludos desde {place}.`),
    PRAISE: lines(`
      Gracias al equipo de {place}. | Volveré siempre. | Un diez. | Se nota el cariño. | Recomendadísimo.
      Sigan así.`),
    PURCHASE: lines(`
      ¿Cómo seguimos? | ¿Me pasan precio? | Pago hoy mismo. | Lo necesito para el {day}. | Escríbanme por privado.
      Gracias.`),
    CHATTER: lines(`
      Eso es todo. | Y ustedes, ¿qué tal? | Cosas que pasan en {place}. | Feliz {day}. | Buen fin de semana.
      No me juzguen.`),
  },
  sectors: {
    BAKERY: {
      products: lines(`
        una hogaza de masa madre | media docena de cruasanes | dos empanadas de carne | una barra bien horneada
        pan de centeno | una torta de naranja | pan sin gluten | unas medialunas | un roscón pequeño`),
      tags: lines(`#panadería | #masamadre | #desayuno`),
      COMPLAINT: lines(`
        Compré {product} en {brand} {time} y estaba todo duro.
        Es la tercera vez que {brand} me entrega {product} a medio hornear.
        Pedí {product} a {brand} y llegó {minutes} minutos tarde y frío.
        {brand} me cobró dos veces {product} en la tienda de {place} y nadie me devuelve el dinero.
        {minutes} minutos de cola en {brand} de {place} para decirme que se acabó todo.`),
      QUESTION: lines(`
        {brand}, ¿a qué hora abren en {place} el {day}?
        ¿{product} de {brand} lleva lácteos? Mi hija es alérgica.
        ¿Se puede encargar {product} en {brand} para el {day}?
        {brand}, ¿hasta qué hora reparten en {place}?`),
      PRAISE: lines(`
        {time} probé {product} de {brand} y es lo mejor de {place}.
        El pan de {brand} está siempre en su punto, bien tostado como me gusta.
        La chica que atiende en {brand} de {place} me guardó {product}. Encanto de persona.
        {brand} tiene el mejor desayuno de {place}: {product} y café.`),
      PURCHASE: lines(`
        Quiero encargar {product} en {brand} para {n} personas el {day}.
        {brand}, ¿hacen precio si compro {n} unidades? Busco {product} para la oficina.
        Necesito {product} cada {day} para mi cafetería de {place}, {brand}.
        {brand}, ¿me apartan {product} para el {day}? Paso por {place}.`),
      CHATTER: lines(`
        Café, lluvia y {product} de {brand}.
        Mi abuela dice que el pan de antes era mejor, pero se terminó {product} de {brand} ella sola.
        Corrí {n} kilómetros y los recuperé en {brand} con {product}.
        Huele a pan en toda la calle gracias a {brand} de {place}.`),
      news: lines(`
        Hoy sale del horno {product}, desde las 7:00 en {place}.
        Buscamos panaderos para nuestra tienda de {place}.
        Este {day} abrimos una hora antes en {place}.`),
      titles: lines(`Cómo se hace un pan bien horneado | Masa madre: paciencia y harina | Nueva tienda en {place}`),
    },
    BANK: {
      products: lines(`
        la app | la tarjeta de débito | la banca en línea | la transferencia inmediata | el cajero de {place}
        la cuenta nómina | la tarjeta de crédito`),
      tags: lines(`#banco | #finanzas | #app`),
      COMPLAINT: lines(`
        {brand}, {product} no funciona desde {time} y tengo que pagar la renta.
        Me cobraron {price} de comisión sin avisar, {brand}.
        Llevo {minutes} minutos esperando en el teléfono de {brand} por un cargo que no reconozco.
        {brand} me bloqueó la cuenta {time} y nadie explica por qué. Un desastre.
        El cajero de {brand} en {place} se tragó mi tarjeta.`),
      QUESTION: lines(`
        {brand}, ¿cuánto tarda {product} en quedar activa?
        ¿Qué documentos pide {brand} para abrir una cuenta en {place}?
        {brand}, ¿se puede cambiar el límite de {product} desde el {mobile}?
        ¿La sucursal de {brand} en {place} abre el {day}?`),
      PRAISE: lines(`
        Por fin un banco que responde: {brand} resolvió mi reclamo en {n} minutos.
        La nueva versión de {product} de {brand} va rapidísima.
        Me atendieron genial en {brand} de {place} {time}.
        {brand} me devolvió {price} sin que lo pidiera. Chapó.`),
      PURCHASE: lines(`
        Quiero un crédito de {price} para mi negocio en {place}, {brand}.
        {brand}, me interesa la hipoteca joven que anuncian.
        Quiero cambiar mi nómina a {brand}, ¿qué ofrecen?
        {brand}, necesito {n} tarjetas para los empleados de mi empresa.`),
      CHATTER: lines(`
        Fin de mes y {product} de {brand} me mira con lástima.
        Fila en {brand} de {place}, ya somos todos amigos.
        Mi sobrino quiere ser del {brand} cuando sea grande.`),
      news: lines(`
        Desde el {day} puedes pausar tu tarjeta desde la app.
        Nuestra sucursal de {place} estrena horario de tarde.
        Nunca pedimos claves por mensaje. Ante la duda, cuelga.`),
      titles: lines(`
        Cinco señales de un fraude por mensaje
        Ahorrar sin darse cuenta
        Cómo leer tu estado de cuenta`),
    },
    MOBILE: {
      products: lines(`
        la cobertura | el internet | la portabilidad | la fibra | el plan familiar | la línea de mi madre
        el roaming`),
      tags: lines(`#sinseñal | #fibra | #5G`),
      COMPLAINT: lines(`
        {brand}, {product} falla en {place} desde {time}. Trabajo desde casa y no puedo.
        Me llegó una factura de {price} y mi plan es de la mitad, {brand}.
        {n} llamadas a {brand} y cada operador dice algo distinto.
        {brand} me dio de baja la línea sin preguntar. Increíble.
        Sin señal en {place} otra vez, {brand}. Pago por un {mobile} que no llama.`),
      QUESTION: lines(`
        {brand}, ¿cuándo llega {product} a {place}?
        ¿Cómo activo la eSIM de {brand} en un {mobile} nuevo?
        {brand}, ¿{product} tiene permanencia?
        ¿Hay alguna avería de {brand} en {place}?`),
      PRAISE: lines(`
        {product} de {brand} funciona hasta en el pueblo, quién lo diría.
        El técnico de {brand} vino {time} a {place} y lo dejó perfecto.
        Cambié a {brand} hace un mes y estoy encantada con {product}.
        Gracias {brand}, arreglaron {product} en {n} minutos.`),
      PURCHASE: lines(`
        Quiero pasar {n} líneas de mi empresa a {brand}.
        {brand}, ¿qué {mobile} tienen por menos de {price}?
        Busco fibra y {mobile} en {place}, {brand}. Me cambio esta semana.
        {brand}, quiero contratar {product} para el {day}.`),
      CHATTER: lines(`
        Mi {mobile} con {brand} sobrevivió a la lavadora.
        Reto: un {day} entero sin mirar el {mobile}. Perdí a los {n} minutos.
        En {place} solo hay señal de {brand} subido a la mesa.`),
      news: lines(`
        La fibra llega a {place}: consulta tu calle en la web.
        Este {day} trabajamos en la red de {place} de 2:00 a 4:00.
        Nuevo plan familiar con {n} líneas.`),
      titles: lines(`
        Guía para usar la eSIM
        Por qué baja la velocidad por la noche
        El 5G llega a {place}`),
    },
    MARKET: {
      products: lines(`
        la fruta | el pedido a domicilio | la carne picada | la compra de la semana | el pescado
        la oferta del aceite | el yogur natural`),
      tags: lines(`#supermercado | #ofertas | #compra`),
      COMPLAINT: lines(`
        {product} de {brand} llegó en mal estado {time}.
        En {brand} de {place} el precio de la caja no es el del estante: {price} de diferencia.
        Una sola caja abierta en {brand} de {place} y {minutes} minutos de fila.`),
      QUESTION: lines(`
        {brand}, ¿{product} vuelve esta semana a {place}?
        ¿{brand} reparte en {place} los {day}?
        ¿Cómo uso los puntos de {brand}? Tengo {n} y no sé si caducan.
        {brand}, ¿hasta cuándo dura la promoción de {product}?`),
      PRAISE: lines(`
        {product} de {brand} es de lo mejor que he probado este año.
        Pedí en {brand} {time} y en {minutes} minutos estaba en casa.
        Qué amable todo el personal de {brand} en {place}.
        {brand} bajó los precios de verdad, ahorré {price}.`),
      PURCHASE: lines(`
        {brand}, quiero hacer un pedido grande para {n} personas el {day}.
        ¿{brand} vende por mayor? Tengo un restaurante en {place}.
        Necesito {n} cajas de agua para el {day}, {brand}.
        {brand}, ¿me reservan {product} en {place}?`),
      CHATTER: lines(`
        Entré a {brand} por leche y salí con {n} cosas y sin leche.
        La lista de la compra: {product}, pan y paciencia.
        En {brand} ya huele a Navidad y es {day}.`),
      news: lines(`
        Esta semana, {product} a mitad de precio en {place}.
        Donamos {n} toneladas de alimentos a bancos de {place}.
        Ya puedes recoger tu pedido en {place}.`),
      titles: lines(`
        Menú de la semana por menos de {price}
        Cómo elegir fruta de temporada
        Menos plástico en nuestras tiendas`),
    },
    HOME: {
      products: lines(`
        una mesa de comedor | un sofá cama | cortinas a medida | dos lámparas | una estantería | un colchón
        seis sillas`),
      tags: lines(`#decoración | #hogar`),
      COMPLAINT: lines(`
        Compré {product} en {brand} y llegó con un golpe. Van {n} llamadas.
        {brand} lleva un mes de retraso con mi pedido: {product}.
        A {product} de {brand} le faltan tornillos y las instrucciones no sirven.
        {brand} no quiere cambiarme {product}. Pagué {price}.`),
      QUESTION: lines(`
        {brand}, ¿montan {product} a domicilio en {place}?
        ¿Cuánto tarda {brand} en entregar {product}?
        {brand}, ¿se puede devolver {product} si no cabe por la puerta?
        ¿Hay tienda de {brand} en {place}?`),
      PRAISE: lines(`
        Mi casa parece otra con lo de {brand}: {product} y listo.
        Montaje impecable de {brand} en {place}, dos chicos muy amables.
        {brand} me cambió {product} sin una sola pregunta.
        Calidad increíble por {price}, {brand}.`),
      PURCHASE: lines(`
        Busco {product} por menos de {price}, {brand}.
        {brand}, quiero {product} para el {day}, ¿llegan a {place}?
        {brand}, ¿tienen {product} en otro color? Lo compro hoy.`),
      CHATTER: lines(`
        Armé {product} de {brand} y sobraron {n} piezas. Seguro no eran importantes.
        El gato ya decidió que {product} de {brand} es suyo.
        {day} de mover muebles hasta que todo vuelve a su sitio.
        Discusión de pareja número {n} en {brand} de {place}.`),
      news: lines(`
        Llega la colección de otoño a {place}.
        Taller gratis este {day}: restaura tu mesa.
        Recogemos tu mueble viejo en {place}.`),
      titles: lines(`Cómo elegir un colchón | Salas pequeñas, ideas grandes | La madera que usamos`),
    },
  },
  replies: {
    COMPLAINT: lines(`
      A mí me pasó lo mismo {time}, {brand} no aprende.
      Pon un reclamo por escrito, a mí me funcionó con {brand}.
      Pues a mí {brand} siempre me ha ido bien en {place}.
      Sigo esperando respuesta, {brand}.
      Cámbiate, yo lo hice {time} y feliz.`),
    QUESTION: lines(`
      Yo pregunté {time} y me dijeron que sí.
      En {place} creo que solo los {day}.
      Me sumo a la pregunta, {brand}.
      Mira en la web de {brand}, ahí sale.
      Depende de la tienda, llama antes.`),
    PRAISE: lines(`
      Totalmente de acuerdo, {brand} de {place} es otra cosa.
      ¡Me dio antojo!
      Doy fe, fui {time}.
      Confirmo, {n} de 10 para {brand}.`),
    PURCHASE: lines(`
      Yo lo compré {time} por {price}, vale la pena.
      Si haces el pedido avísame y compartimos envío.
      Espera al {day}, suele haber oferta en {brand}.
      En {place} tienen más variedad.`),
    CHATTER: lines(`
      Jajaja, igual en {place}. | Me pasa cada {day}. | Te leo y me río sola. | Foto o no pasó.
      Somos dos, {n} a cero.`),
  },
  answers: {
    COMPLAINT: lines(`
      Lamentamos lo ocurrido. ¿Nos escribes por privado con tu número de pedido?
      Sentimos la espera. Ya lo revisa el equipo de {place}.
      Gracias por avisar, no es lo que queremos. Te llamamos hoy.`),
    QUESTION: lines(`
      ¡Hola! Sí, en {place} hasta las {hour}.
      Buena pregunta: te lo confirmamos hoy por privado.
      Hola, toda la información está en https://example.com/ayuda`),
    PRAISE: lines(`
      ¡Qué alegría leerte! Se lo contamos al equipo de {place}.
      Gracias a ti por venir. ¡Hasta el {day}!
      Nos hiciste el {day}.`),
    PURCHASE: lines(`
      ¡Con gusto! Te escribimos por privado para tomar el pedido.
      Te llamamos hoy con el precio.
      Sí que podemos. ¿Para qué hora del {day}?`),
    CHATTER: lines(`😂 Nosotros también. | Aquí seguimos, horneando ideas. | Te guardamos el secreto.`),
  },
  quotes: lines(`
    Esto. Exactamente esto pasa con {brand} en {place}.
    Ojo a lo que cuentan de {brand}.
    Y no es el único caso, {brand}.
    Para que luego digan. Bien por {brand}.
    ¿Alguien más en {place}?
    Guardo el hilo, me interesa lo de {brand}.`),
  comments: {
    COMPLAINT: lines(`
      Muy bonito el artículo, pero en {place} la atención es mala desde {time}.
      Prometen mucho y cumplen poco. Llevo {n} días esperando.`),
    QUESTION: lines(`
      ¿Y esto también vale para la tienda de {place}?
      ¿Podrían explicar más el segundo punto? No me quedó claro.
      ¿Cuándo publican la segunda parte?`),
    PRAISE: lines(`
      Excelente artículo, lo probé {time} y funciona.
      Gracias por compartirlo, lo mandé a {n} amigos.
      Qué bien explicado.`),
    PURCHASE: lines(`
      Después de leer esto quiero comprarlo, ¿dónde en {place}?
      ¿Cuánto cuesta? Necesito {n}.`),
    CHATTER: lines(`
      Saludos desde {place}, los leo cada {day}.
      Mi abuela lo hacía igual.
      Llegué aquí buscando otra cosa y me quedé.`),
  },
  corrections: lines(`
    Edito: ya me respondieron, gracias.
    Edito: era el {day}, perdón.
    (corregido, se me fue el dedo)
    Actualizo: sigue igual.`),
};
