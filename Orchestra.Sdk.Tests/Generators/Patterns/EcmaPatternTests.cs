using System.Text.RegularExpressions;
using Orchestra.Sdk.Generators.Patterns;

namespace Orchestra.Sdk.Tests.Generators.Patterns;

/// <summary>What becomes of each construct of .NET's regular expressions in a schema.</summary>
public sealed class EcmaPatternTests
{
    private const string Word = @"[\p{L}\p{Mn}\p{Nd}\p{Pc}\u200c\u200d]";

    [TestCase("a+", "^a+$")]
    [TestCase("a|b", "^(?:a|b)$")]
    [TestCase("^a$", "^a$")]
    [TestCase("^a|b$", @"^(?:^a|b(?=\n?$))$")]
    [TestCase(@"\Aa\z", "^a$")]
    [TestCase(@"\Ga\Z", "^a$")]
    [TestCase("a$b", @"^a(?=\n?$)b$")]
    [TestCase(@"a\zb", "^a$b$")]
    [TestCase("(?:a$)", @"^(?:a(?=\n?$))$")]
    [TestCase("^*a", "^(?:^)*a$")]
    [TestCase("a*b+c?d{2}e{2,}f{2,3}", "^a*b+c?d{2}e{2,}f{2,3}$")]
    [TestCase("a*?b+?c??d{2}?e{2,}?", "^a*?b+?c??d{2}?e{2,}?$")]
    [TestCase("a{b{1,b{,2}", @"^a\{b\{1,b\{,2\}$")]
    [TestCase("a}]", @"^a\}\]$")]
    [TestCase(".", @"^[^\n]$")]
    [TestCase("(?s).", "^[^]$")]
    [TestCase("(?s:.).", @"^(?:[^])[^\n]$")]
    [TestCase("(a)(?:b)", "^(a)(?:b)$")]
    [TestCase("(?<n>a)(?'m'b)", "^(?<n>a)(?<m>b)$")]
    [TestCase("(?<n>a)(?<n>b)(?<ö>c)(?<7>d)", "^(a)(b)(c)(d)$")]
    [TestCase("(?n)(a)(?<m>b)", "^(?:a)(?<m>b)$")]
    [TestCase("(?=a)(?!b)(?<=c)(?<!d)", "^(?=a)(?!b)(?<=c)(?<!d)$")]
    [TestCase("(?=a)+b", "^(?:(?=a))+b$")]
    [TestCase("(?=a|b)c", "^(?=a|b)c$")]
    [TestCase(@"\a\b\e\f\n\r\t\v", @"^\u0007(?:(?<=WORD)(?!WORD)|(?<!WORD)(?=WORD))\u001b\f\n\r\t\v$")]
    [TestCase(@"\B", "^(?:(?<=WORD)(?=WORD)|(?<!WORD)(?!WORD))$")]
    [TestCase(@"\x41\u0042\x2b\u00e9\cA\0\07\062", @"^AB\+é\u0001\u0000\u00072$")]
    [TestCase(@"\.\-\/\ \#\!\""", @"^\.-/ #!""$")]
    [TestCase("/\u2028\u00a0\u200b", @"^/\u2028\u00a0\u200b$")]
    [TestCase("(?m)^a$", @"^(?<![^\n])a(?![^\n])$")]
    [TestCase("(?x) a b # c\n\t[ ]+", "^ab[ ]+$")]
    [TestCase("a(?#why)b (?#c)+", "^ab +$")]
    [TestCase("(?x)a +?", "^a+?$")]
    [TestCase("(?i)ab1", "^[aA][bB]1$")]
    [TestCase("a(?i)b(?-i)c", "^a[bB]c$")]
    [TestCase("(a(?i)b)c", "^(a[bB])c$")]
    [TestCase("a(?i:b)c|d", "^(?:a(?:[bB])c|d)$")]
    [TestCase("(?i)abc\\Z", "^[aA][bB][cC]$")]
    [TestCase("(?i)k", "^[kK\u212a]$")]
    [TestCase("(?i)[^a-c_]", "^[^a-cABC_]$")]
    [TestCase(@"(?i)\p{Lu}\P{Ll}", @"^[\p{Lu}\p{Ll}\p{Lt}][^\p{Lu}\p{Ll}\p{Lt}]$")]
    [TestCase(@"\d\D", @"^\p{Nd}\P{Nd}$")]
    [TestCase(@"\w\W", @"^[\p{L}\p{Mn}\p{Nd}\p{Pc}][^\p{L}\p{Mn}\p{Nd}\p{Pc}]$")]
    [TestCase(@"\s\S", @"^[\t-\r\u0085\p{Z}][^\t-\r\u0085\p{Z}]$")]
    [TestCase(@"\p{L}\P{Lu}", @"^\p{L}\P{Lu}$")]
    [TestCase(@"\p{IsGreek}+", "^[Ͱ-Ͽ]+$")]
    [TestCase(@"[\P{IsGreek}]", "^[^Ͱ-Ͽ]$")]
    [TestCase("[a-z]", "^[a-z]$")]
    [TestCase("[^a-z]", "^[^a-z]$")]
    [TestCase("[]a]", @"^[\]a]$")]
    [TestCase("[^]a]", @"^[^\]a]$")]
    [TestCase("[a^-]", @"^[a\^\-]$")]
    [TestCase("[-a]", @"^[\-a]$")]
    [TestCase("[a-]", @"^[a\-]$")]
    [TestCase("[a-b]", "^[ab]$")]
    [TestCase(@"[\d-x]", @"^[\p{Nd}\-x]$")]
    [TestCase(@"[+-\-]", @"^[+-\-]$")]
    [TestCase(@"[\--x]", @"^[\-x]$")]
    [TestCase(@"[a\]\\\[(){}.*+?|/$]", @"^[a\]\\\[(){}.*+?|/$]$")]
    [TestCase(@"[\b\e\x41\101]", @"^[\u0008\u001bA]$")]
    [TestCase(@"[\w.-]", @"^[\p{L}\p{Mn}\p{Nd}\p{Pc}.\-]$")]
    [TestCase(@"[\W_]", @"^(?:[^\p{L}\p{Mn}\p{Nd}\p{Pc}]|[_])$")]
    [TestCase(@"[^\W_]", @"^(?:(?![^\p{L}\p{Mn}\p{Nd}\p{Pc}]|[_])[^])$")]
    [TestCase(@"[^\W]", @"^[\p{L}\p{Mn}\p{Nd}\p{Pc}]$")]
    [TestCase(@"[^\d]", @"^[^\p{Nd}]$")]
    [TestCase("[a-z-[aeiou]]", "^(?:(?![aeiou])[a-z])$")]
    [TestCase("[a-[b]]", "^(?:(?![b])[a])$")]
    [TestCase(@"[\w-[\d-[5]]]+", @"^(?:(?!(?:(?![5])\p{Nd}))[\p{L}\p{Mn}\p{Nd}\p{Pc}])+$")]
    [TestCase(@"[\u0000-\uffff]", "^[\\u0000-\uffff\\u{10000}-\\u{10ffff}]$")]
    [TestCase("\ud83d\ude00", "^\ud83d\ude00$")]
    [TestCase(@"(a)\1", @"^(a)(?:\1)$")]
    [TestCase(@"(?<n>a)\k<n>0", @"^(?<n>a)(?:\1)0$")]
    [TestCase(@"(?<n>a)(b)\1\2\k'n'", @"^(?<n>a)(b)(?:\2)(?:\1)(?:\1)$")]
    [TestCase(@"(?:(a)|(b)(a))+(?=(c))\4", @"^(?:(a)|(b)(a))+(?=(c))(?:\4)$")]
    [TestCase(@"((a)\2)+", @"^((a)(?:\2))+$")]
    [TestCase(@"(?:(?:(a))+b\1)*", @"^(?:(?:(a))+b(?:\1))*$")]
    public void Says_the_same(string pattern, string ecma)
    {
        _ = new Regex(pattern);
        Assert.That(EcmaPattern.Of(pattern, out var fault), Is.EqualTo(ecma.Replace("WORD", Word, StringComparison.Ordinal)), fault);
        Assert.That(fault, Is.Null);
    }

    [TestCase("(?>a)", "a group that gives nothing back, (?>…)")]
    [TestCase("(a)?(?(1)b|c)", "a condition, (?(…)…)")]
    [TestCase("(?<a>x)(?<b-a>y)", "a group that balances another, (?<a-b>…)")]
    [TestCase("(?i)é", "letters beyond ASCII without regard to case")]
    [TestCase("(?i)[à-ý]", "letters beyond ASCII without regard to case")]
    [TestCase(@"(?i)\P{IsGreek}", "a block of characters without regard to case")]
    [TestCase("\ud83d\ude00+", "half a character beyond U+FFFF, repeated")]
    [TestCase("[\ud83d\ude00]", "a set of surrogates")]
    [TestCase(@"\ud83d", "a single surrogate")]
    [TestCase("[[:alpha:]]", "a class such as [:alpha:]")]
    [TestCase(@"(a)?\1", "a reference to a group that may have captured nothing")]
    [TestCase(@"(?:(a)|b)\1", "a reference to a group that may have captured nothing")]
    [TestCase(@"(a\1)", "a reference to a group that may have captured nothing")]
    [TestCase(@"\1(a)", "a reference to a group that may have captured nothing")]
    [TestCase(@"(?!(a))\1", "a reference to a group that may have captured nothing")]
    [TestCase(@"(a){0,2}\1", "a reference to a group that may have captured nothing")]
    [TestCase(@"(?<n>a)(?<n>b)\k<n>", "a reference to a group that may have captured nothing")]
    [TestCase(@"(a)(?<=\1)", "a reference to a group that may have captured nothing")]
    [TestCase(@"\12", "a reference to a group that may have captured nothing")]
    public void Cannot_say(string pattern, string construct)
    {
        _ = new Regex(pattern);
        Assert.That(EcmaPattern.Of(pattern, out var fault), Is.Null);
        Assert.That(fault, Is.EqualTo(construct));
    }

    [Test]
    public void Cannot_say_what_is_nested_without_end()
    {
        const int Depth = 5_000;
        foreach (var (opening, closing) in (ReadOnlySpan<(string, string)>)[("(", ")"), ("(?=", ")"), ("[a-", "]")])
        {
            var pattern = string.Concat(Enumerable.Repeat(opening, Depth)) + (opening[0] == '[' ? "[b]" : "") + string.Concat(Enumerable.Repeat(closing, Depth));
            Assert.That(EcmaPattern.Of(pattern, out var fault), Is.Null);
            Assert.That(fault, Does.EndWith("of such a depth"));
        }
    }

    [Test]
    public void Knows_the_other_cases_of_the_letters_of_ASCII()
    {
        for (var c = ' '; c <= '~'; c++)
        {
            var pattern = new Regex($@"\A{Regex.Escape(c.ToString())}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            var others = Enumerable.Range(0, char.MaxValue + 1).Select(other => (char)other).Where(other => other != c && pattern.IsMatch(other.ToString()));
            Assert.That(LetterCase.OthersOf(c), Is.EquivalentTo(others), c.ToString());
        }
    }
}
