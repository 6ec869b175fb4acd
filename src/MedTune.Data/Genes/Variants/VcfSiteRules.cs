using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>The rules for the columns of VCF that say where and what a variant is.</summary>
internal sealed class VcfSiteRules(VcfFaults faults, int minor)
{
    private string _checked = "";

    /// <summary>Checks the name of a chromosome; angle brackets mean a contig of the assembly file.</summary>
    public void CheckChromosome(string name, long line)
    {
        if (name == _checked)
        {
            return;
        }

        if (name.Length == 0 || name.Any(c => c <= ' '))
        {
            throw faults.Refused(line, "has a CHROM that is empty or holds a blank");
        }

        bool isBracketed = name.Length > 2 && name[0] == '<' && name[^1] == '>';
        if ((isBracketed ? name.AsSpan(1, name.Length - 2) : name).ContainsAny(minor >= 3 ? "<>[]:*,()\"'`{}" : "<>[]:,"))
        {
            faults.Formal(line, "has a CHROM with signs that are not allowed");
        }

        _checked = name;
    }

    /// <summary>Checks the letters of the reference.</summary>
    public void CheckReference(string reference, long line)
    {
        if (VcfText.IsBases(reference))
        {
            return;
        }

        if (!VcfText.IsCodes(reference))
        {
            throw faults.Refused(line, reference is "." or "" ? "has no REF" : "has a REF that is no run of the letters A, C, G, T and N");
        }

        faults.Formal(line, "has a REF with other letters than A, C, G, T and N");
    }

    /// <summary>The alternate alleles.</summary>
    public ImmutableArray<string> Alternates(string text, long line)
    {
        if (text == ".")
        {
            return [];
        }

        ImmutableArray<string> alternates = [.. text.Split(',')];
        foreach (string alternate in alternates)
        {
            if (VcfText.IsAlternate(alternate))
            {
                continue;
            }

            if (!VcfText.IsCodes(alternate))
            {
                throw faults.Refused(line, "has an ALT that is neither letters (A, C, G, T, N), *, <SYMBOL> nor a breakend");
            }

            faults.Formal(line, "has an ALT with other letters than A, C, G, T and N");
        }

        return alternates.Length < short.MaxValue ? alternates : throw faults.Refused(line, "has more alternate alleles than can be read");
    }

    /// <summary>The identifiers.</summary>
    public ImmutableArray<string> Ids(string text, long line)
    {
        if (text == ".")
        {
            return [];
        }

        ImmutableArray<string> ids = [.. text.Split(';')];
        if (ids.Any(id => id.Length == 0 || id.Any(c => c <= ' ')))
        {
            faults.Formal(line, "has an ID that is empty or holds a blank");
        }

        if (minor >= 3 && ids.Length > 1 && ids.Distinct(StringComparer.Ordinal).Count() < ids.Length)
        {
            faults.Formal(line, "has the same ID twice");
        }

        return ids;
    }

    /// <summary>The quality, NaN where it is unknown.</summary>
    public double Quality(string text, long line)
    {
        if (text == ".")
        {
            return double.NaN;
        }

        if (!VcfText.TryFloat(text, out double quality))
        {
            throw faults.Refused(line, "has a QUAL that is no number");
        }

        if (quality < 0)
        {
            faults.Formal(line, "has a negative QUAL");
        }

        return quality;
    }

    /// <summary>The filters.</summary>
    public ImmutableArray<string> Filters(string text, long line)
    {
        ImmutableArray<string> filters = [.. text.Split(';')];
        if (filters.Any(filter => filter.Length == 0 || filter is "." or "0" || filter.Any(c => c <= ' ')))
        {
            faults.Formal(line, "has a FILTER that is empty, a dot among others, 0, or holds a blank");
        }

        if (minor >= 3 && filters.Length > 1 && filters.Distinct(StringComparer.Ordinal).Count() < filters.Length)
        {
            faults.Formal(line, "has the same FILTER twice");
        }

        return filters;
    }
}
