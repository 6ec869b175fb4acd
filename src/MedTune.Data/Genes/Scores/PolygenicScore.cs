using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MedTune.Data.Genes;

/// <summary>A published polygenic score: which copies of which alleles add how much (scoring files of the PGS Catalog: Lambert et al., Nature Genetics 53, 2021).</summary>
public sealed class PolygenicScore
{
    private static readonly string[] Uncounted = ["is_haplotype", "is_diplotype", "is_interaction", "is_dominant", "is_recessive"];
    private static readonly string[] ByGenotype = ["dosage_0_weight", "dosage_1_weight", "dosage_2_weight"];

    private PolygenicScore(string id, GenomeBuild build, ImmutableArray<PolygenicScoreVariant> variants, ImmutableArray<Finding> findings) =>
        (Id, Build, Variants, Findings) = (id, build, variants, findings);

    /// <summary>The score's name in its file (<c>pgs_id</c>, else <c>pgs_name</c>), or the name of the file.</summary>
    public string Id { get; }

    /// <summary>The build that the positions belong to; of a harmonised file that of its harmonised positions.</summary>
    public GenomeBuild Build { get; }

    /// <summary>The variants in the order of the file.</summary>
    public ImmutableArray<PolygenicScoreVariant> Variants { get; }

    /// <summary>What was found while reading.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>Reads a scoring file, plain or packed.</summary>
    /// <param name="path">Header lines <c>#key=value</c>, a line of column names and a line for each variant, all set apart by tabs.</param>
    /// <exception cref="DataException">The file is no scoring file, or a line of it cannot be added up.</exception>
    public static PolygenicScore Read(string path)
    {
        using var file = GeneFile.Open(path);
        return Read(file);
    }

    internal static PolygenicScore Read(GeneFile file)
    {
        var lines = new ByteLines(file.Content, file.Where, 1 << 20);
        var header = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string[]? columns = null;
        while (columns is null)
        {
            if (!lines.TryRead(out var line))
            {
                throw new DataException($"{file.Where}: ends before its line of column names: expected a scoring file with the columns effect_allele and effect_weight.");
            }

            string text = Text(file, lines, line).TrimStart('\uFEFF');
            if (text.StartsWith('#'))
            {
                Keep(header, text);
            }
            else
            {
                columns = text.Split('\t');
            }
        }

        return new Lines(file, lines, header, columns).Read();
    }

    private static void Keep(SortedDictionary<string, string> header, string line)
    {
        string[] parts = line.TrimStart('#').Split('=', 2);
        if (parts.Length == 2)
        {
            header[parts[0].Trim().ToLowerInvariant()] = parts[1].Trim();
        }
    }

    private static string Text(GeneFile file, ByteLines lines, ReadOnlySpan<byte> line)
    {
        if (line.IndexOfAnyInRange((byte)0, (byte)8) >= 0 || !System.Text.Unicode.Utf8.IsValid(line))
        {
            throw new DataException($"{file.Where}: line {lines.Number} is no text in UTF-8: check that it is the right file.");
        }

        return Encoding.UTF8.GetString(line);
    }

    /// <summary>Reads the lines below the column names.</summary>
    private sealed class Lines
    {
        private const int MostVariants = 20_000_000;

        private readonly GeneFile _file;
        private readonly ByteLines _lines;
        private readonly SortedDictionary<string, string> _header;
        private readonly string[] _columns;
        private readonly int _effect;
        private readonly int _other;
        private readonly int _weight;
        private readonly int _chromosome;
        private readonly int _position;
        private readonly int _id;
        private readonly bool _isHarmonised;
        private int _withoutPosition;

        public Lines(GeneFile file, ByteLines lines, SortedDictionary<string, string> header, string[] columns)
        {
            (_file, _lines, _header, _columns) = (file, lines, header, columns);
            if (columns.Distinct(StringComparer.Ordinal).Count() < columns.Length)
            {
                throw new DataException($"{file.Where}: line {lines.Number} names a column twice: get the file again from where it came from.");
            }

            if (ByGenotype.FirstOrDefault(name => Place(name) >= 0) is { } genotype)
            {
                throw new DataException($"{file.Where}: has a column {genotype}, weights that are not the same for each copy of an allele, which a sum of dosages cannot hold: take a score of effect_weight alone.");
            }

            (_effect, _weight) = (Required("effect_allele"), Required("effect_weight"));
            _other = Place("other_allele") is >= 0 and int other ? other : Place("reference_allele");
            _isHarmonised = Place("hm_chr") >= 0 && Place("hm_pos") >= 0;
            (_chromosome, _position) = _isHarmonised ? (Place("hm_chr"), Place("hm_pos")) : (Place("chr_name"), Place("chr_position"));
            _id = Place("hm_rsid") is >= 0 and int id ? id : Place("rsid") is >= 0 and int plain ? plain : Place("rsID");
            if ((_chromosome < 0 || _position < 0) && _id < 0)
            {
                throw new DataException($"{file.Where}: has neither chr_name with chr_position nor rsID, so its variants cannot be found: get the harmonised file of the score.");
            }
        }

        public PolygenicScore Read()
        {
            var variants = ImmutableArray.CreateBuilder<PolygenicScoreVariant>();
            var seen = new HashSet<(string, int, string, string, string)>();
            while (_lines.TryRead(out var line))
            {
                if (line.IsEmpty)
                {
                    continue;
                }

                var variant = Variant(PolygenicScore.Text(_file, _lines, line).Split('\t'));
                if (!seen.Add((variant.Chromosome, variant.Position, variant.Position > 0 ? "" : variant.Id, variant.EffectAllele, variant.OtherAllele)))
                {
                    throw Refusal("repeats a variant of a line before: a copy must not count twice; get the file again from where it came from.");
                }

                variants.Add(variant);
                if (variants.Count > MostVariants)
                {
                    throw Refusal($"is the {MostVariants + 1}th variant: a score has fewer; check that it is the right file.");
                }
            }

            if (variants.Count == 0)
            {
                throw new DataException($"{_file.Where}: has no variant below its column names: get the file again from where it came from.");
            }

            if (_header.TryGetValue("variants_number", out string? stated) && long.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number != variants.Count)
            {
                throw new DataException($"{_file.Where}: says that it has {number} variants and has {variants.Count}: get the file again from where it came from.");
            }

            return new PolygenicScore(Name(), Build(), variants.ToImmutable(), Findings());
        }

        private PolygenicScoreVariant Variant(string[] cells)
        {
            if (cells.Length != _columns.Length)
            {
                throw Refusal($"has {cells.Length} cells where {_columns.Length} columns are named: get the file again from where it came from.");
            }

            foreach (string name in Uncounted)
            {
                if (Place(name) is >= 0 and int place && cells[place].Trim() is "True" or "TRUE" or "true" or "1")
                {
                    throw Refusal($"is marked {name}, which a sum of dosages cannot hold: take a score of single variants that add up.");
                }
            }

            string weight = cells[_weight].Trim();
            if (!double.TryParse(weight, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value) || Math.Abs(value) > 1e6)
            {
                throw Refusal("has no number up to a million in effect_weight: correct it where the file was made.");
            }

            (string chromosome, int position) = Place(cells);
            string id = _id >= 0 ? cells[_id].Trim() : "";
            id = id is "." or "NA" ? "" : id;
            _withoutPosition += position == 0 ? 1 : 0;
            return position > 0 || id.Length > 0 || _isHarmonised
                ? new PolygenicScoreVariant(chromosome, position, id, Allele(cells[_effect], "effect_allele"), _other < 0 || cells[_other].Trim() is "" or "." or "NA" ? "" : Allele(cells[_other].Split('/')[0], "other_allele"), value)
                : throw Refusal("has neither a position nor an identifier: get the harmonised file of the score.");
        }

        private (string Chromosome, int Position) Place(string[] cells)
        {
            if (_chromosome < 0 || _position < 0)
            {
                return ("", 0);
            }

            string name = cells[_chromosome].Trim(), text = cells[_position].Trim();
            if (name is "" or "." or "NA" || text is "" or "." or "NA")
            {
                return ("", 0);
            }

            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int position) && position > 0
                ? (HumanChromosomes.Plain(name), position)
                : throw Refusal($"has no whole number from 1 in {_columns[_position]}: correct it where the file was made.");
        }

        private string Allele(string cell, string column)
        {
            string allele = cell.Trim().ToUpperInvariant();
            return allele.Length > 0 && allele.AsSpan().IndexOfAnyExcept("ACGT") < 0
                ? allele
                : throw Refusal($"has something other than A, C, G and T in {column}: only changes of letters can be looked up in genotypes.");
        }

        private string Name() => _header.GetValueOrDefault("pgs_id") is { Length: > 0 } id ? id : _header.GetValueOrDefault("pgs_name") is { Length: > 0 } name ? name : _file.Where;

        private GenomeBuild Build()
        {
            string text = (_isHarmonised ? _header.GetValueOrDefault("hmpos_build") ?? _header.GetValueOrDefault("genome_build") : _header.GetValueOrDefault("genome_build")) ?? "";
            return text.ToUpperInvariant() switch
            {
                "GRCH37" or "HG19" => GenomeBuild.GRCh37,
                "GRCH38" or "HG38" => GenomeBuild.GRCh38,
                "" or "NR" or "NA" => GenomeBuild.Unknown,
                _ => throw new DataException($"{_file.Where}: is for a build other than GRCh37 and GRCh38: get the file that is harmonised to one of them."),
            };
        }

        private ImmutableArray<Finding> Findings() => _withoutPosition == 0 ? [] :
        [
            new Finding(GeneFindingCodes.ScoreWithoutPosition, FindingSeverity.Warning, null, _withoutPosition,
                $"{_file.Where}: {_withoutPosition} variants of the score have no position.", "Looked up by their identifiers where they have one."),
        ];

        private int Place(string name) => Array.IndexOf(_columns, name);

        private int Required(string name) => Place(name) is >= 0 and int place
            ? place
            : throw new DataException($"{_file.Where}: has no column {name}: expected a scoring file with the columns effect_allele and effect_weight, set apart by tabs.");

        private DataException Refusal(string what) => new($"{_file.Where}: line {_lines.Number} {what}");
    }
}
