// Emoji and typed faces, rated by hand on VADER's scale. Laughing and weeping faces are rated faintly: people use them both ways.
export const EMOJI_WEIGHTS: Readonly<Record<string, string>> = {
  '3': '😍 🥰 😘 ❤ ♥ 💕 💖 💗 💘 💝 💓 💞 💟 🤩 😻 🏆 🥳 🎉 🎊 💯 💜 💙 💚 💛 🧡 🖤 🤍 🤎 ❣ 💐 🥹',
  '2': '😊 😀 😃 😄 😁 😆 🙂 😉 😋 😎 😇 🤗 ☺ 😗 😙 😚 👍 👏 🙌 👌 💪 ✌ 🤝 🥇 🏅 🌟 ⭐ ✨ 💋 🌹 🌺 🌸 🌻 🎂 🎁 🎈 🍾 🥂 🍻 😺 😸 🤟 🤘 🫶 💃 🕺 ☀ 🌞 🌈 ✅ 🤞 🙏',
  '1': '😂 🤣 😜 😝 😛 🤪 😌 😏 🔥 👑 💎 🍀 🚀 😹 🎶',
  '-1': '😭 😐 😑 😕 🙁 ☹ 😟 😥 😓 😪 😴 🥱 😬 🙄 🤦 ⚠ 🤨 😵 🥴 😰',
  '-2': '😢 😞 😔 😣 😖 😫 😩 😒 😤 😧 😦 😨 😿 💔 👎 😠 🤕 🤒 😷 🤢 😾 ❌ 🚫 🥀',
  '-3': '😡 🤬 🤮 👿 💩 🖕 🤡',
};

export const EMOTICON_WEIGHTS: Readonly<Record<string, string>> = {
  '2': ':) :-) :)) :))) =) (: (-: :] ;) ;-) ^^ ^_^ :3 :-)) n_n uwu',
  '2.5': ':D :-D =D xD XD ;D <3 <33 <333 :* :-* ♡ \\o/ :P :p ;P =P',
  '-1.5': ':/ :-/ =/ :\\ :-\\ :| :-| -_- -.- ¬¬ ¬_¬ u_u :S :s',
  '-2': ':( :-( :(( :((( =( ): :[ ;( :c',
  '-2.5': ":'( :’( D: T_T TT_TT ;_; T.T </3 >:( >:-( D:<",
};
