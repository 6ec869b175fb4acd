namespace MedTune.Data.Genes;

/// <summary>The rules for the values of INFO and of the samples: count and type as the header defines them, or as the specification reserves them.</summary>
internal sealed class VcfValueRules(VcfFaults faults, VcfHeader header)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Checks the column INFO.</summary>
    public void CheckInfo(string text, int alternates, long line)
    {
        if (text == ".")
        {
            return;
        }

        _seen.Clear();
        foreach (string field in text.Split(';'))
        {
            int equals = field.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? field : field[..equals];
            if (!IsInfoKey(key))
            {
                faults.Formal(line, "has a key of INFO that is empty or holds signs that are not allowed");
            }
            else if (!_seen.Add(key) && header.Minor >= 3)
            {
                faults.Formal(line, $"has {key} twice in INFO");
            }

            if ((header.Info.GetValueOrDefault(key) ?? VcfReserved.Info(key, header.Minor)) is { } definition)
            {
                CheckInfoValue(definition, equals < 0 ? null : field[(equals + 1)..], alternates, line);
            }

            if (VcfReserved.IsNeverNegative(key) && equals > 0 && field.Contains('-', StringComparison.Ordinal) && field.Split('=', ',').Any(value => value.StartsWith('-')))
            {
                faults.Formal(line, $"has a negative {key} in INFO");
            }
        }
    }

    /// <summary>Checks the keys of the column FORMAT.</summary>
    public void CheckFormat(string[] keys, long line)
    {
        foreach (string key in keys)
        {
            bool isSound = header.Minor < 3
                ? key.All(char.IsAsciiLetterOrDigit)
                : (char.IsAsciiLetter(key[0]) || key[0] == '_') && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.');
            if (!isSound)
            {
                faults.Formal(line, "has a key in FORMAT with signs that are not allowed");
            }
        }

        if (Array.IndexOf(keys, "GT") > 0)
        {
            faults.Formal(line, "has GT in FORMAT, but not as its first key");
        }
    }

    /// <summary>Checks the values of one sample.</summary>
    /// <param name="keys">The keys of FORMAT.</param>
    /// <param name="text">The sample's column.</param>
    /// <param name="alternates">Alternate alleles of the record.</param>
    /// <param name="copies">Copies of the chromosome by GT; 0 where unknown.</param>
    /// <param name="line">The line.</param>
    public void CheckSample(string[] keys, string text, int alternates, int copies, long line)
    {
        string[] values = text.Split(':');
        for (int i = 0; i < values.Length && i < keys.Length; i++)
        {
            if (keys[i] == "GT" || values[i] == "." || (values[i].Length == 0 && header.Minor >= 4)
                || (header.Format.GetValueOrDefault(keys[i]) ?? VcfReserved.Format(keys[i], header.Minor)) is not { } definition)
            {
                continue;
            }

            string[] parts = values[i].Split(',');
            int expected = VcfCounts.Of(definition.Number, alternates, copies);
            if (expected >= 0 && parts.Length != expected && !(definition.Number == "0" && parts.Length == 1))
            {
                faults.Formal(line, $"has a sample with {parts.Length} values of {definition.Id} where {expected} are expected (Number={definition.Number})");
            }

            if (parts.Any(part => !IsOfType(part, definition.Type)))
            {
                faults.Formal(line, $"has a sample with a {definition.Id} that is not of its type ({definition.Type})");
            }
        }
    }

    private void CheckInfoValue(VcfDefinition definition, string? value, int alternates, long line)
    {
        if (definition.Type == "Flag")
        {
            if (value is not (null or "0" or "1"))
            {
                faults.Formal(line, $"has a value for the flag {definition.Id} in INFO");
            }

            return;
        }

        if (value is null or "")
        {
            faults.Formal(line, $"has {definition.Id} in INFO without a value");
            return;
        }

        if (value == ".")
        {
            return;
        }

        bool isQuoted = value.Length > 1 && value[0] == '"' && value[^1] == '"'; // commas in quotation marks separate nothing
        string[] parts = isQuoted ? [value] : value.Split(',');
        int expected = VcfCounts.Of(definition.Number, alternates, 0);
        if (expected >= 0 && parts.Length != expected)
        {
            faults.Formal(line, $"has {parts.Length} values of {definition.Id} in INFO where {expected} {(expected == 1 ? "is" : "are")} expected (Number={definition.Number})");
        }

        if (parts.Any(part => !IsOfType(part, definition.Type)) || (definition.Id == "CIGAR" && parts.Any(part => !IsCigar(part))))
        {
            faults.Formal(line, $"has a {definition.Id} in INFO that is not of its type ({(definition.Id == "CIGAR" ? "CIGAR" : definition.Type)})");
        }
    }

    private static bool IsOfType(string text, string type) => text == "." || type switch
    {
        "Integer" => VcfText.IsInteger(text),
        "Float" or "-" => VcfText.TryFloat(text, out _),
        "Character" => text.Length == 1 || (text.Length == 2 && char.IsSurrogate(text[0])) || (text.Length == 3 && text[0] == '%'),
        _ => true,
    };

    private static bool IsCigar(string text)
    {
        int digits = 0;
        foreach (char c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                digits++;
            }
            else if (digits > 0 && "MIDNSHPX=".Contains(c))
            {
                digits = 0;
            }
            else
            {
                return false;
            }
        }

        return digits == 0 || text == ".";
    }

    private bool IsInfoKey(string key)
    {
        if (key.Length == 0 || key.AsSpan().ContainsAny(' ', ',', '\t'))
        {
            return false;
        }

        return header.Minor < 3 || key == "1000G"
            || ((char.IsAsciiLetter(key[0]) || key[0] == '_') && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.'));
    }
}
