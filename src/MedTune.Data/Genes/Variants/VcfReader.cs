using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>Reads variants record by record, in bounded memory: VCF 4.0 to 4.5 (plain, gzip, BGZF) and BCF 2.2. Which one follows from the content.</summary>
public sealed class VcfReader : IDisposable
{
    private readonly GeneFile _file;
    private readonly VcfFaults _faults;
    private readonly VcfOrderRules _order;
    private readonly BcfRecords? _binary;
    private readonly ByteLines? _lines;
    private readonly VcfRecordParser? _parser;
    private readonly List<Finding> _findings = [];
    private string _lastChromosome = "";

    private VcfReader(GeneFile file, VcfReadOptions options)
    {
        (_file, _faults) = (file, new VcfFaults(file.Where, options.Strictness));
        var content = new RewoundStream(file.Content, 5);
        if (BcfRecords.IsAt(content.Start))
        {
            _binary = new BcfRecords(content, file.Where, _faults);
            Header = _binary.ReadHeader();
        }
        else
        {
            _lines = new ByteLines(content, file.Where);
            Header = new VcfHeaderReader(file.Where, _faults).Read(_lines);
            _parser = new VcfRecordParser(Header, _faults);
            CheckEnd();
        }

        _order = new VcfOrderRules(_faults, Header.Minor);
        CheckBuild(options.Build);
    }

    /// <summary>What the header says.</summary>
    public VcfHeader Header { get; }

    /// <summary>Whether the file is BCF.</summary>
    public bool IsBinary => _binary is not null;

    /// <summary>How the file is packed.</summary>
    public Packing Packing => _file.Packing;

    /// <summary>The build the positions belong to: as a person said, or else as the header says.</summary>
    public GenomeBuild Build { get; private set; }

    /// <summary>How the chromosomes read so far are called; a file that mixes both ways is refused.</summary>
    public ChromosomeNaming Naming { get; private set; }

    /// <summary>Records read so far.</summary>
    public long Records { get; private set; }

    /// <summary>How much of the file has been read, 0 to 1.</summary>
    public double Progress => _file.Progress;

    /// <summary>What was found so far: formal faults, counted.</summary>
    public ImmutableArray<Finding> Findings => [.. _findings, .. _faults.Findings()];

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">VCF or BCF.</param>
    /// <param name="options">Default: null, a practical reading.</param>
    /// <exception cref="DataException">The file is missing, cut short, no VCF, or breaks a rule in its header.</exception>
    public static VcfReader Open(string path, VcfReadOptions? options = null) => Open(GeneFile.Open(path), options);

    /// <summary>Opens a stream that can seek, and closes it in the end.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="where">How messages name it.</param>
    /// <param name="options">Default: null, a practical reading.</param>
    /// <exception cref="DataException">The stream is cut short, no VCF, or breaks a rule in its header.</exception>
    public static VcfReader Open(Stream stream, string where, VcfReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Open(GeneFile.Open(stream, where), options);
    }

    /// <summary>The next record, or null at the end.</summary>
    /// <exception cref="DataException">The record breaks a rule, or the file is damaged.</exception>
    public VcfRecord? Read()
    {
        var record = _binary is not null ? _binary.Read(Header) : ReadLine();
        if (record is not null)
        {
            Records++;
            CheckNaming(record);
            _order.Check(record);
        }

        return record;
    }

    /// <summary>The records that are left, one after the other.</summary>
    /// <exception cref="DataException">A record breaks a rule, or the file is damaged.</exception>
    public IEnumerable<VcfRecord> ReadAll()
    {
        while (Read() is { } record)
        {
            yield return record;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static VcfReader Open(GeneFile file, VcfReadOptions? options)
    {
        try
        {
            return new VcfReader(file, options ?? VcfReadOptions.Default);
        }
        catch (DataException)
        {
            file.Dispose();
            throw;
        }
    }

    private VcfRecord? ReadLine()
    {
        while (_lines!.TryRead(out var line))
        {
            if (line.IsEmpty)
            {
                _faults.Formal(_lines.Number, "is empty");
                continue;
            }

            var record = _parser!.Parse(line, _lines.Number);
            CheckEnd();
            return record;
        }

        return null;
    }

    /// <summary>A last line without its end may be the half of one.</summary>
    private void CheckEnd()
    {
        if (!_lines!.EndsInsideLine)
        {
            return;
        }

        if (Header.Minor == 3)
        {
            throw _faults.Refused(_lines.Number, $"does not end with a line feed, which VCF {Header.Version} asks for, so the file may be cut short");
        }

        _findings.Add(new Finding(GeneFindingCodes.VcfRule, FindingSeverity.Warning, null, 1,
            $"{_file.Where}: the last line does not end with a line feed.", "Read all the same; check that the file is not cut short."));
    }

    private void CheckNaming(VcfRecord record)
    {
        if (ReferenceEquals(record.Chromosome, _lastChromosome))
        {
            return;
        }

        _lastChromosome = record.Chromosome;
        var naming = HumanChromosomes.NamingOf([record.Chromosome]);
        if (naming != ChromosomeNaming.Unknown && Naming != ChromosomeNaming.Unknown && naming != Naming)
        {
            throw _faults.Refused(record.Line, "calls chromosomes 1 and chr1 in one file, so that the same place has two names");
        }

        Naming = naming == ChromosomeNaming.Unknown ? Naming : naming;
    }

    private void CheckBuild(GenomeBuild stated)
    {
        if (stated != GenomeBuild.Unknown && Header.Build != GenomeBuild.Unknown && stated != Header.Build)
        {
            throw new DataException($"{_file.Where}: its header belongs to {Header.Build}, not to {stated} as was said: name the right build, or lift the variants over before.");
        }

        Build = stated != GenomeBuild.Unknown ? stated : Header.Build;
        if (Build == GenomeBuild.Unknown)
        {
            _findings.Add(new Finding(GeneFindingCodes.Build, FindingSeverity.Warning, null, 1,
                $"{_file.Where}: nothing says which build of the genome the positions belong to.", "Name the build; positions of GRCh37 and GRCh38 must never be joined."));
        }
    }
}
