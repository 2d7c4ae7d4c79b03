// Everyday words that belong to one of the three languages and to hardly any neighbour, for posts too short for letter statistics.
export const LANGUAGE_WORDS: Readonly<Record<'en' | 'es' | 'pt', string>> = {
  en: `the and you are this that these those with for from thanks thank thx please what have has your they it's its don't doesn't i'm can't won't isn't
    didn't you're but why when where love good great job how just hello hi sorry been will would could should about because never always still flight help
    awesome awful terrible worst best bad cool happy morning night today tomorrow yesterday again nice ever work working service`,
  es: `el los las y muy pero gracias hola eres estoy estás hay ya hoy ayer mañana también tambien ahora más mucho mucha muchos muchas bueno buenos buena buenas
    días quiero tengo tiene tienen usted ustedes nosotros ellos eso esto así siempre jaja jajaja jajajaja jeje aquí donde dónde hace hacer fue sin muchísimas
    encanta gusta cuando cuándo porqué qué cómo llevo llega sigo servicio luz ni han he hasta desde entonces nadie algo mejor peor fatal genial`,
  pt: `não nao você voce vocês vc vcs uma umas meu meus minha minhas muito muita mto mt pra tá tô ele eles isso foi tem têm tinha hoje ontem amanhã agora também tbm
    obrigado obrigada obg bom boa gente mãe então entao depois só mesmo kkk kkkk kkkkk rsrs vou fazer fica ficou dele dela saudade até são estou estava em dia
    gostei amei adorei atendimento serviço olá oi tudo tô cadê melhor pior ótimo ninguém alguém coisa pessoal feliz sem seu sua aí né é já com`,
};
