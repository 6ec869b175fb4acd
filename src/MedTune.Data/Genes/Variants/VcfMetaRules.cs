namespace MedTune.Data.Genes;

/// <summary>The rules for the lines of the header that begin with ##.</summary>
internal sealed class VcfMetaRules(VcfFaults faults, int minor)
{
    private static readonly string[] StructuralVariants = ["DEL", "INS", "DUP", "INV", "CNV"];
    private static readonly string[] Types = ["Integer", "Float", "Flag", "Character", "String"];

    /// <summary>Checks a line and gives its fields where it is a definition that can be used.</summary>
    public VcfMetaFields? Check(string line, long number)
    {
        int equals = line.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 2)
        {
            faults.Formal(number, "of the header is no ##KEY=VALUE");
            return null;
        }

        string key = line[2..equals];
        string value = line[(equals + 1)..];
        if (value.Length == 0)
        {
            faults.Formal(number, $"of the header has no value for {Shown(key)}");
            return null;
        }

        switch (key)
        {
            case "assembly" or "pedigreeDB":
                if (!IsAddress(value))
                {
                    faults.Formal(number, $"of the header has no address (URL) as the value of {key}");
                }

                return null;
            case "INFO" or "FORMAT" or "FILTER" or "ALT" or "contig" or "SAMPLE" or "PEDIGREE" or "META":
                return Definition(key, value, number);
            default:
                return null;
        }
    }

    private VcfMetaFields? Definition(string key, string value, long number)
    {
        if (key == "PEDIGREE" && minor < 3 && !value.StartsWith('<'))
        {
            return null;
        }

        if (VcfMetaFields.Parse(value, out string fault) is not { } fields)
        {
            faults.Formal(number, $"of the header ({key}) {fault}");
            return null;
        }

        switch (key)
        {
            case "INFO" or "FORMAT":
                CheckValues(key, fields, number);
                break;
            case "FILTER":
                CheckOrder(key, fields, number, "ID", "Description");
                break;
            case "ALT":
                CheckAlternate(fields, number);
                break;
            case "contig":
                CheckName(key, fields, number, minor >= 3 ? "*<>()[]{},\"'`\\" : "<>,");
                break;
            case "SAMPLE":
                CheckSample(fields, number);
                break;
            case "PEDIGREE":
                CheckPedigree(fields, number);
                break;
            default:
                CheckMeta(fields, number);
                break;
        }

        return string.IsNullOrEmpty(fields["ID"]) ? null : fields;
    }

    private void CheckValues(string key, VcfMetaFields fields, long number)
    {
        CheckOrder(key, fields, number, "ID", "Number", "Type", "Description");
        (string id, string count, string type) = (fields["ID"] ?? "", fields["Number"] ?? "", fields["Type"] ?? "");
        if (!IsCount(count))
        {
            faults.Formal(number, $"of the header ({key}) has a Number that is neither a count nor {(minor >= 2 ? "A, R, G" : "A, G")} nor a dot");
        }

        if (!Types.Contains(type) || (key == "FORMAT" && type == "Flag"))
        {
            faults.Formal(number, $"of the header ({key}) has a Type that is none of Integer, Float, {(key == "INFO" ? "Flag, " : "")}Character and String");
        }

        if (fields.All.Any(field => field.Key == "Description" && field.Quote != '"'))
        {
            faults.Formal(number, $"of the header ({key}) has a Description without quotation marks");
        }

        var reserved = key == "INFO" ? VcfReserved.Info(id, minor) : VcfReserved.Format(id, minor);
        if (reserved is not null && (reserved.Number != count || (reserved.Type != "-" && reserved.Type != type)))
        {
            faults.Formal(number, $"of the header ({key}) defines {id} in another way than the specification, which reserves it (Number={reserved.Number}{(reserved.Type == "-" ? "" : $", Type={reserved.Type}")})");
        }
    }

    private void CheckAlternate(VcfMetaFields fields, long number)
    {
        CheckOrder("ALT", fields, number, "ID", "Description");
        if (fields.Keys.Any(key => key is not ("ID" or "Description")) || fields.All.Any(field => field.Key == "Description" && field.Quote != '"'))
        {
            faults.Formal(number, "of the header (ALT) has other fields than ID and a Description in quotation marks");
        }

        string id = fields["ID"] ?? "";
        bool needsKind = minor < 3 || id.Contains(':', StringComparison.Ordinal);
        if (id.AsSpan().ContainsAny(' ', '\t') || (needsKind && !StructuralVariants.Contains(id.Split(':')[0])))
        {
            faults.Formal(number, $"of the header (ALT) has an ID that begins with none of {string.Join(", ", StructuralVariants)}, or holds a blank");
        }
    }

    private void CheckSample(VcfMetaFields fields, long number)
    {
        CheckName("SAMPLE", fields, number, minor >= 3 ? "*<>()[]{},\"'`\\" : "<>,");
        if (minor < 3)
        {
            CheckOrder("SAMPLE", fields, number, "ID", "Genomes", "Mixture", "Description");
            if (fields.All.Any(field => field.Key != "Description" && field.Quote != ' '))
            {
                faults.Formal(number, "of the header (SAMPLE) has quotation marks in another field than the Description");
            }
        }
    }

    private void CheckPedigree(VcfMetaFields fields, long number)
    {
        if (minor >= 3)
        {
            CheckName("PEDIGREE", fields, number, "*<>,");
        }

        if (fields.All.Any(field => field.Value.Length == 0 || field.Value.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.'))))
        {
            faults.Formal(number, "of the header (PEDIGREE) has a name with something else than letters, digits, _, - and dots");
        }
    }

    private void CheckMeta(VcfMetaFields fields, long number)
    {
        CheckOrder("META", fields, number, "ID", "Number", "Type", "Values");
        if (!IsCount(fields["Number"] ?? "") || !Types.Contains(fields["Type"] ?? "") || fields.All.Any(field => field.Key == "Values" && field.Quote != '['))
        {
            faults.Formal(number, "of the header (META) has a wrong Number or Type, or Values without square brackets");
        }
    }

    private void CheckName(string key, VcfMetaFields fields, long number, string forbidden)
    {
        string id = fields["ID"] ?? "";
        if (id.Length == 0 || id.Any(c => c <= ' ') || id.AsSpan().ContainsAny(forbidden))
        {
            faults.Formal(number, $"of the header ({key}) has no ID, or one with blanks or signs that are not allowed");
        }
    }

    private void CheckOrder(string key, VcfMetaFields fields, long number, params string[] order)
    {
        if (!fields.Keys.Take(order.Length).SequenceEqual(order) && !(key is "FILTER" or "ALT" && fields.Keys.Count() > order.Length && fields.Keys.First() == "ID"))
        {
            faults.Formal(number, $"of the header ({key}) does not have the fields {string.Join(", ", order)} in this order");
        }
    }

    private bool IsCount(string count) => (count.Length is > 0 and < 8 && count.All(char.IsAsciiDigit))
        || count is "A" or "G" or "." || (count == "R" && minor >= 2) || (minor >= 4 && count is "LA" or "LR" or "LG" or "P" or "M");

    private static bool IsAddress(string value)
    {
        string address = value.StartsWith('<') && value.EndsWith('>') ? value[1..^1] : value;
        int scheme = address.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0)
        {
            return false;
        }

        string host = address[(scheme + 3)..].Split('/', '?')[0];
        host = host[(host.LastIndexOf('@') + 1)..].Split(':')[0];
        return (scheme == 4 && host.Length == 0 && address.StartsWith("file", StringComparison.Ordinal)) || (host.Length > 0 && (host.Contains('.', StringComparison.Ordinal) || !host.All(char.IsAsciiDigit)));
    }

    private static string Shown(string key) => key.Length <= 30 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-') ? key : "a key";
}
