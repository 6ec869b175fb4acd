namespace MedTune.Data.Genes;

/// <summary>The fields of a structured line of the header: <c>##KEY=&lt;ID=...,Description="..."&gt;</c>.</summary>
internal sealed class VcfMetaFields
{
    private readonly List<(string Key, string Value, char Quote)> _fields = [];

    /// <summary>The keys in their order.</summary>
    public IEnumerable<string> Keys => _fields.Select(pair => pair.Key);

    /// <summary>The fields: key, value without its quotes, and the quote (<c>"</c>, <c>[</c> or a blank).</summary>
    public IReadOnlyList<(string Key, string Value, char Quote)> All => _fields;

    /// <summary>A value, or null.</summary>
    public string? this[string key] => _fields.FirstOrDefault(pair => pair.Key == key).Value;

    /// <summary>Reads what stands between the angle brackets.</summary>
    /// <param name="text">The value of the line, brackets included.</param>
    /// <param name="fault">What is wrong with it, as a predicate.</param>
    public static VcfMetaFields? Parse(ReadOnlySpan<char> text, out string fault)
    {
        fault = "";
        if (text.Length < 2 || text[0] != '<' || text[^1] != '>')
        {
            fault = "has a definition that is not closed with >";
            return null;
        }

        var fields = new VcfMetaFields();
        text = text[1..^1];
        while (true)
        {
            int equals = text.IndexOf('=');
            if (equals <= 0 || text[..equals].ContainsAny(',', '"'))
            {
                fault = "has a definition with something that is no KEY=VALUE";
                return null;
            }

            string key = text[..equals].ToString();
            text = text[(equals + 1)..];
            int length = ValueLength(text, out char quote);
            if (length < 0)
            {
                fault = quote == '"' ? $"has a {key} whose quotation marks do not fit" : $"has a {key} with an angle bracket or an open square bracket in it";
                return null;
            }

            fields._fields.Add((key, quote == ' ' ? text[..length].ToString() : text[1..(length - 1)].ToString(), quote));
            if (length == text.Length)
            {
                return fields;
            }

            text = text[(length + 1)..];
        }
    }

    /// <summary>The length of the value at the start, its quotes included; -1 where it does not end well.</summary>
    private static int ValueLength(ReadOnlySpan<char> text, out char quote)
    {
        quote = text.IsEmpty ? ' ' : text[0] is '"' or '[' ? text[0] : ' ';
        if (quote == ' ')
        {
            int comma = text.IndexOf(',');
            int end = comma < 0 ? text.Length : comma;
            return text[..end].ContainsAny('<', '>') ? -1 : end;
        }

        char closing = quote == '"' ? '"' : ']';
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && quote == '"')
            {
                i++;
            }
            else if (text[i] == closing)
            {
                return i + 1 == text.Length || text[i + 1] == ',' ? i + 1 : -1;
            }
        }

        return -1;
    }
}
