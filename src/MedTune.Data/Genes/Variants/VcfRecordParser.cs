using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MedTune.Data.Genes;

/// <summary>Reads one line of a VCF file after the other, holding each column against the rules.</summary>
internal sealed class VcfRecordParser(VcfHeader header, VcfFaults faults)
{
    private static readonly ImmutableArray<string> Passed = ["PASS"];

    private readonly VcfSiteRules _site = new(faults, header.Minor);
    private readonly VcfValueRules _values = new(faults, header);
    private byte[] _formatText = [];
    private string[] _formatKeys = [];
    private string _chromosome = "";

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <exception cref="DataException">The line breaks a rule.</exception>
    public VcfRecord Parse(ReadOnlySpan<byte> line, long number)
    {
        int expected = header.HasFormat ? 9 + header.Samples.Length : 8;
        int found = line.Count((byte)'\t') + 1;
        if (found != expected)
        {
            throw faults.Refused(number, found == 1 && line.Contains((byte)' ')
                ? "has its columns set apart by spaces where tabs are expected"
                : $"has {found} columns where the header names {expected}");
        }

        string chromosome = Chromosome(Next(ref line));
        int position = Position(Next(ref line), number);
        var ids = _site.Ids(Text(Next(ref line)), number);
        string reference = Text(Next(ref line));
        var alternates = _site.Alternates(Text(Next(ref line)), number);
        _site.CheckChromosome(chromosome, number);
        _site.CheckReference(reference, number);
        double quality = _site.Quality(Text(Next(ref line)), number);
        var filters = Filters(Next(ref line), number);
        string info = Text(Next(ref line));
        if (info.Length == 0)
        {
            throw faults.Refused(number, "has nothing in INFO, not even a dot");
        }

        _values.CheckInfo(info, alternates.Length, number);
        var genotypes = header.HasFormat ? Samples(line, alternates.Length, number) : new GenotypeColumns(0);
        return new VcfRecord(genotypes.ToArray(), genotypes.Phased, genotypes.Copies)
        {
            Line = number,
            Chromosome = chromosome,
            Position = position,
            Ids = ids,
            Reference = reference,
            Alternates = alternates,
            Quality = quality,
            Filters = filters,
            InfoText = info,
        };
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> line)
    {
        int tab = line.IndexOf((byte)'\t');
        ReadOnlySpan<byte> column = tab < 0 ? line : line[..tab];
        line = tab < 0 ? default : line[(tab + 1)..];
        return column;
    }

    private static string Text(ReadOnlySpan<byte> column) => Encoding.UTF8.GetString(column);

    private string Chromosome(ReadOnlySpan<byte> column)
    {
        // most lines name the chromosome of the line before
        if (!Ascii.Equals(column, _chromosome))
        {
            _chromosome = Text(column);
        }

        return _chromosome;
    }

    private int Position(ReadOnlySpan<byte> column, long number) =>
        int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int position)
            ? position
            : throw faults.Refused(number, "has a POS that is no whole number from 0 up");

    private ImmutableArray<string> Filters(ReadOnlySpan<byte> column, long number) => column.SequenceEqual("PASS"u8) ? Passed
        : column.SequenceEqual("."u8) ? []
        : _site.Filters(Text(column), number);

    private GenotypeColumns Samples(ReadOnlySpan<byte> line, int alternates, long number)
    {
        ReadOnlySpan<byte> format = Next(ref line);
        if (!format.SequenceEqual(_formatText))
        {
            _formatText = format.ToArray();
            _formatKeys = Text(format).Split(':');
            if (_formatKeys.Any(key => key.Length == 0 || key.Any(c => c <= ' ')) || _formatKeys.Distinct(StringComparer.Ordinal).Count() < _formatKeys.Length)
            {
                throw faults.Refused(number, "has a key in FORMAT that is empty, there twice, or holds a blank");
            }

            _values.CheckFormat(_formatKeys, number);
        }

        int genotype = Array.IndexOf(_formatKeys, "GT");
        var columns = new GenotypeColumns(header.Samples.Length);
        Span<short> alleles = stackalloc short[GenotypeText.MostCopies];
        for (int sample = 0; sample < columns.Phased.Length; sample++)
        {
            ReadOnlySpan<byte> text = Next(ref line);
            int copies = 0;
            if (genotype >= 0)
            {
                copies = Genotype(text, genotype, alleles, alternates, number, out bool isPhased);
                columns.Set(sample, alleles[..copies], isPhased);
            }

            if (text.Count((byte)':') >= _formatKeys.Length)
            {
                throw faults.Refused(number, $"has more values for a sample than FORMAT has keys ({_formatKeys.Length})");
            }

            if (faults.IsStrict)
            {
                bool isUnknown = genotype >= 0 && copies == 1 && alleles[0] < 0; // a lone dot does not say how many copies there are
                _values.CheckSample(_formatKeys, Text(text), alternates, genotype < 0 ? 2 : isUnknown ? 0 : copies, number);
            }
        }

        return columns;
    }

    private int Genotype(ReadOnlySpan<byte> text, int key, Span<short> alleles, int alternates, long number, out bool isPhased)
    {
        for (int i = 0; i < key; i++)
        {
            int next = text.IndexOf((byte)':');
            text = next < 0 ? default : text[(next + 1)..];
        }

        int colon = text.IndexOf((byte)':');
        text = colon < 0 ? text : text[..colon];
        if (text.IsEmpty && (key > 0 || header.Minor >= 4))
        {
            (alleles[0], isPhased) = (-1, false);
            return 1;
        }

        // A line without ALT can still have samples that carry something else; what it was is then unknown.
        int copies = GenotypeText.Read(text, alleles, alternates == 0 ? short.MaxValue : alternates, out isPhased);
        return copies > 0
            ? copies
            : throw faults.Refused(number, "has a genotype (GT) that is not of the form 0/1, 0|1, 0 or ./. or names an allele that the line does not have");
    }
}
