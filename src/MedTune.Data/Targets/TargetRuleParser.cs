using System.Collections.Immutable;
using System.Text;

namespace MedTune.Data;

/// <summary>Reads target rules.</summary>
internal sealed class TargetRuleParser(ImmutableArray<string> columns)
{
    private const string Forms =
        "write col>0 (or >=, <, <=, =, !=), col in 'a','b', col contains 'a','b', or col matches REGEX";

    // Longer signs first; the full-width forms are those of Chinese keyboards.
    private static readonly (string Sign, TargetOperator Operator)[] Signs =
    [
        (">=", TargetOperator.GreaterOrEqual), ("<=", TargetOperator.LessOrEqual), ("==", TargetOperator.Equal),
        ("!=", TargetOperator.NotEqual), ("<>", TargetOperator.NotEqual), ("≥", TargetOperator.GreaterOrEqual),
        ("≤", TargetOperator.LessOrEqual), ("≠", TargetOperator.NotEqual), ("＞", TargetOperator.Greater), ("＜", TargetOperator.Less),
        ("＝", TargetOperator.Equal), (">", TargetOperator.Greater), ("<", TargetOperator.Less), ("=", TargetOperator.Equal),
    ];

    private static readonly (string Word, TargetOperator Operator)[] Words =
        [("in", TargetOperator.In), ("contains", TargetOperator.Contains), ("matches", TargetOperator.Matches)];

    /// <summary>The rule that the text states.</summary>
    /// <exception cref="DataException">There is no such column, or the rule cannot be read.</exception>
    public TargetRule Parse(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            throw new DataException("No target was named: give the column to predict with --target.");
        }

        foreach (string exact in (string[])[text, trimmed])
        {
            if (columns.Contains(exact, StringComparer.Ordinal))
            {
                return new TargetRule(exact, TargetOperator.Levels, []);
            }
        }

        // The longest column that the text begins with and that an operator follows.
        foreach (string column in columns.OrderByDescending(name => name.Length))
        {
            if (trimmed.StartsWith(column, StringComparison.Ordinal) && TryParseOperator(trimmed[column.Length..], out TargetOperator op, out string rest))
            {
                return Make(column, op, rest.Trim());
            }
        }

        throw new DataException(NameSuggestions.UnknownColumn(ColumnPart(trimmed), columns));
    }

    private static bool TryParseOperator(string text, out TargetOperator op, out string rest)
    {
        string tail = text.TrimStart();
        foreach ((string sign, TargetOperator candidate) in Signs)
        {
            if (tail.StartsWith(sign, StringComparison.Ordinal))
            {
                (op, rest) = (candidate, tail[sign.Length..]);
                return true;
            }
        }

        foreach ((string word, TargetOperator candidate) in Words)
        {
            bool isWord = tail.Length < text.Length && tail.StartsWith(word, StringComparison.OrdinalIgnoreCase)
                && (tail.Length == word.Length || !char.IsLetterOrDigit(tail[word.Length]));
            if (isWord)
            {
                (op, rest) = (candidate, tail[word.Length..]);
                return true;
            }
        }

        (op, rest) = (TargetOperator.Levels, "");
        return false;
    }

    private static string ColumnPart(string text)
    {
        for (int i = 1; i < text.Length; i++)
        {
            if (TryParseOperator(text[i..], out _, out _))
            {
                return text[..i].TrimEnd();
            }
        }

        return text;
    }

    private static TargetRule Make(string column, TargetOperator op, string rest)
    {
        if (op == TargetOperator.Matches)
        {
            string pattern = Unquote(rest);
            _ = UserRegex.Compile(pattern);
            return new TargetRule(column, op, [pattern]);
        }

        ImmutableArray<string> values = ParseValues(rest, column);
        bool isList = op is TargetOperator.In or TargetOperator.Contains;
        if (values.Length == 0 || (!isList && values.Length > 1))
        {
            throw new DataException($"The target rule on '{column}' cannot be read: {Forms}.");
        }

        bool isOrder = op is TargetOperator.Greater or TargetOperator.GreaterOrEqual or TargetOperator.Less or TargetOperator.LessOrEqual;
        if (isOrder && !NumberText.TryParse(Encoding.UTF8.GetBytes(values[0]), '.', out _))
        {
            throw new DataException($"The target rule on '{column}' compares with '{values[0]}', which is no number: {Forms}.");
        }

        // One value to be in is one to be equal to.
        return new TargetRule(column, op == TargetOperator.In && values.Length == 1 ? TargetOperator.Equal : op, values);
    }

    private static string Unquote(string text) =>
        text.Length >= 2 && IsQuote(text[0]) && IsQuote(text[^1]) ? text[1..^1] : text;

    private static bool IsQuote(char c) => c is '\'' or '"' or '‘' or '’' or '“' or '”';

    private static bool IsComma(char c) => c is ',' or '，' or '、';

    private static ImmutableArray<string> ParseValues(string text, string column)
    {
        if (text.StartsWith('(') && text.EndsWith(')'))
        {
            text = text[1..^1];
        }

        var values = ImmutableArray.CreateBuilder<string>();
        int i = 0;
        while (i < text.Length)
        {
            while (i < text.Length && char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            int start = i;
            string value = i < text.Length && IsQuote(text[i]) ? ReadQuoted(text, ref i, column) : ReadBare(text, ref i);
            if (value.Length > 0 || (start < text.Length && IsQuote(text[start])))
            {
                values.Add(value);
            }

            while (i < text.Length && char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            if (i < text.Length && !IsComma(text[i]))
            {
                throw new DataException($"The target rule on '{column}' has text after a quoted value: put commas between the values.");
            }

            i++;
        }

        return values.ToImmutable();
    }

    private static string ReadBare(string text, ref int i)
    {
        int start = i;
        while (i < text.Length && !IsComma(text[i]))
        {
            i++;
        }

        return text[start..i].Trim();
    }

    // Inside quotes a doubled quote stands for one.
    private static string ReadQuoted(string text, ref int i, string column)
    {
        char open = text[i++];
        char close = open switch { '‘' => '’', '“' => '”', _ => open };
        var value = new StringBuilder();
        while (i < text.Length)
        {
            if (text[i] == close)
            {
                if (i + 1 < text.Length && text[i + 1] == close)
                {
                    i++;
                }
                else
                {
                    i++;
                    return value.ToString();
                }
            }

            value.Append(text[i++]);
        }

        throw new DataException($"The target rule on '{column}' opens a quote and does not close it.");
    }
}
