using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MedTune.Data.Genes;

/// <summary>Reads the header of a VCF file, or the text of a BCF file's header.</summary>
internal sealed class VcfHeaderReader(string where, VcfFaults faults)
{
    private const string FixedColumns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO";
    private const int NewestMinor = 5;

    private readonly List<VcfContig> _contigs = [];
    private readonly Dictionary<string, VcfDefinition> _info = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VcfDefinition> _format = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _identifiers = new() { [0] = "PASS" };
    private readonly Dictionary<int, string> _contigNumbers = [];
    private readonly HashSet<string> _numbered = new(StringComparer.Ordinal) { "PASS" };
    private readonly StringBuilder _reference = new();

    /// <summary>Reads up to the line of the column names.</summary>
    /// <exception cref="DataException">The header is no VCF header, or breaks a rule that matters.</exception>
    public VcfHeader Read(ByteLines lines)
    {
        int minor = ReadVersion(lines);
        var rules = new VcfMetaRules(faults, minor);
        while (true)
        {
            if (!lines.TryRead(out var bytes) || bytes is [0, ..])
            {
                throw new DataException($"{where}: ends inside its header, before the line #CHROM: get the file again from where it came from.");
            }

            if (!bytes.StartsWith("##"u8))
            {
                return ReadColumns(bytes, lines.Number, minor);
            }

            string line = Encoding.UTF8.GetString(bytes);
            if (rules.Check(line, lines.Number) is { } fields)
            {
                Keep(line, fields);
            }
            else if (line.StartsWith("##reference=", StringComparison.Ordinal) || line.StartsWith("##assembly=", StringComparison.Ordinal))
            {
                NoteReference(line);
            }
        }
    }

    private int ReadVersion(ByteLines lines)
    {
        if (!lines.TryRead(out var first))
        {
            throw new DataException($"{where}: is empty: get the file again from where it came from.");
        }

        if (first.StartsWith("\uFEFF"u8))
        {
            throw new DataException($"{where}: begins with a byte order mark, which VCF does not allow: save it again as UTF-8 without a byte order mark.");
        }

        ReadOnlySpan<byte> version = "##fileformat=VCFv4."u8;
        bool isKnown = first.StartsWith(version) && first.Length == version.Length + 1 && first[^1] - '0' is >= 0 and <= NewestMinor;
        if (!isKnown)
        {
            throw new DataException($"{where}: line 1 is not ##fileformat=VCFv4.x with x from 0 to {NewestMinor}, so this is no VCF file that can be read: check that it is the right file.");
        }

        if (first[^1] == (byte)'0')
        {
            faults.Formal(1, "names version 4.0, which is read by the rules of 4.1");
        }

        return first[^1] - '0';
    }

    private void Keep(string line, VcfMetaFields fields)
    {
        string id = fields["ID"]!;
        if (line.StartsWith("##contig=", StringComparison.Ordinal))
        {
            long? length = long.TryParse(fields["length"], NumberStyles.None, CultureInfo.InvariantCulture, out long found) ? found : null;
            _contigNumbers[Index(fields) ?? _contigs.Count] = id;
            _contigs.Add(new VcfContig(id, length));
            NoteReference(fields["assembly"] ?? "");
            return;
        }

        bool isInfo = line.StartsWith("##INFO=", StringComparison.Ordinal);
        bool isFormat = line.StartsWith("##FORMAT=", StringComparison.Ordinal);
        if (!isInfo && !isFormat && !line.StartsWith("##FILTER=", StringComparison.Ordinal))
        {
            return;
        }

        if (_numbered.Add(id))
        {
            _identifiers[Index(fields) ?? _numbered.Count - 1] = id;
        }

        if (isInfo || isFormat)
        {
            (isInfo ? _info : _format).TryAdd(id, new VcfDefinition(id, fields["Number"] ?? ".", fields["Type"] ?? "String"));
        }
    }

    private static int? Index(VcfMetaFields fields) => int.TryParse(fields["IDX"], NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : null;

    private void NoteReference(string text)
    {
        if (_reference.Length < 1 << 12)
        {
            _reference.Append(text).Append('\n');
        }
    }

    private VcfHeader ReadColumns(ReadOnlySpan<byte> bytes, long number, int minor)
    {
        string line = Encoding.UTF8.GetString(bytes).TrimEnd('\0');
        if (!line.StartsWith("#CHROM", StringComparison.Ordinal))
        {
            throw faults.Refused(number, "is neither a line of the header (##KEY=VALUE) nor the line of the column names (#CHROM)");
        }

        if (!line.Contains('\t', StringComparison.Ordinal) && line.Contains(' ', StringComparison.Ordinal))
        {
            throw faults.Refused(number, "has its columns set apart by spaces where tabs are expected");
        }

        string[] columns = line.Split('\t');
        if (string.Join('\t', columns.Take(8)) != FixedColumns || (columns.Length > 8 && columns[8] != "FORMAT"))
        {
            throw faults.Refused(number, $"does not name the columns {FixedColumns.Replace('\t', ' ')}, then FORMAT and the samples");
        }

        if (columns.Length == 9)
        {
            faults.Formal(number, "names the column FORMAT, but no sample");
        }

        ImmutableArray<string> samples = [.. columns.Skip(9)];
        int empty = samples.IndexOf("");
        if (empty >= 0)
        {
            throw faults.Refused(number, $"has no name for the sample in column {empty + 10}");
        }

        var seen = new HashSet<string>(samples.Length, StringComparer.Ordinal);
        int repeated = samples.Count(sample => !seen.Add(sample));
        if (repeated > 0)
        {
            throw faults.Refused(number, $"has {repeated} sample names that an earlier column has too, so a genotype could belong to either");
        }

        var build = HumanChromosomes.BuildOf(_contigs.Select(contig => (contig.Name, contig.Length)));
        return new VcfHeader
        {
            Version = string.Create(CultureInfo.InvariantCulture, $"4.{minor}"),
            Contigs = [.. _contigs],
            Info = _info.ToFrozenDictionary(StringComparer.Ordinal),
            Format = _format.ToFrozenDictionary(StringComparer.Ordinal),
            Samples = samples,
            Build = build != GenomeBuild.Unknown ? build : HumanChromosomes.BuildNamedIn(_reference.ToString()),
            HasFormat = columns.Length > 8,
            Identifiers = _identifiers,
            ContigNumbers = _contigNumbers,
        };
    }
}
