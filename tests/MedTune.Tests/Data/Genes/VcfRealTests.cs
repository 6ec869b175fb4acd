using MedTune.Data;
using MedTune.Data.Genes;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Genes;

/// <summary>Files of real tools: those that must be read, with their counts, and those that must be refused.</summary>
public sealed class VcfRealTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("test.vcf.gz", 115, 189)]
    [InlineData("made_plain_gzip_not_bgzf.vcf.gz", 115, 189)]
    [InlineData("test.snpeff.vcf", 10, 4)]
    [InlineData("test.snpeff.bcf", 10, 4)]
    [InlineData("made_crlf.vcf", 10, 4)]
    [InlineData("o.vcf.gz", 2082, 3)]
    [InlineData("test-haploidX.vcf", 777, 3)]
    [InlineData("kg_chr20_sites.vcf.gz", 28998, 0)]
    [InlineData("split-vep.vcf", 802, 0)]
    [InlineData("gvcfz.vcf", 2595, 1)]
    [InlineData("bug.vcf.gz", 72, 1)]
    public void Read_RealFile_HasItsCounts(string name, int records, int samples)
    {
        if (SharedGenes.Find("var_vcf_real/" + name) is not { } path)
        {
            output.WriteLine("Left out: the shared gene files are not here.");
            return;
        }

        using var reader = VcfReader.Open(path);
        Assert.Equal((records, samples), (reader.ReadAll().Count(), reader.Header.Samples.Length));
        output.WriteLine($"{reader.Build} {reader.Naming} {string.Join(Environment.NewLine, reader.Findings.Select(finding => finding.Message))}");
    }

    [Fact]
    public void Read_EveryOtherFile_IsReadOrRefusedAsItMust()
    {
        if (SharedGenes.Find("var_vcf_real") is not { } folder)
        {
            output.WriteLine("Left out: the shared gene files are not here.");
            return;
        }

        // test.warnings.vcf.gz writes dosages (2) as genotypes, which name an allele that its lines do not have.
        string[] refused = ["test.warnings.vcf.gz", "empty.vcf", "test-invalid-header.vcf", "made_truncated.vcf.gz", "made_spaces_not_tabs.vcf", "made_bom.vcf"];
        string[] files = [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)!).Where(file => file.Contains(".vcf", StringComparison.Ordinal) || file.EndsWith(".bcf", StringComparison.Ordinal)).Where(file => !file.EndsWith(".tbi", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        List<string> wrong = [];
        foreach (string file in files)
        {
            int records = 0;
            try
            {
                using var reader = VcfReader.Open(Path.Combine(folder, file));
                foreach (var record in reader.ReadAll())
                {
                    records++;
                    Assert.Equal(reader.Header.Samples.Length, record.SampleCount);
                }

                wrong.AddRange(refused.Contains(file) ? [file] : Array.Empty<string>());
                output.WriteLine($"{file}: {records} records; {string.Join(" ", reader.Findings.Select(finding => finding.Message))}");
            }
            catch (DataException refusal)
            {
                output.WriteLine($"{file}: refused after {records}: {refusal.Message}");
                wrong.AddRange(refused.Contains(file) && (records == 0) ? Array.Empty<string>() : [file]);
            }
        }

        Assert.Empty(wrong);
        Assert.Contains("byte order mark", Assert.Throws<DataException>(() => VcfReader.Open(Path.Combine(folder, "made_bom.vcf"))).Message, StringComparison.Ordinal);
        Assert.Contains("spaces", Assert.Throws<DataException>(() => VcfReader.Open(Path.Combine(folder, "made_spaces_not_tabs.vcf"))).Message, StringComparison.Ordinal);
        Assert.Contains("cut short", Assert.Throws<DataException>(() => VcfReader.Open(Path.Combine(folder, "made_truncated.vcf.gz"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test.snpeff.vcf", "test.snpeff.bcf")]
    [InlineData("multi-contig.vcf.gz", "multi-contig.bcf")]
    public void Read_TextAndBinary_SayTheSame(string text, string binary)
    {
        if (SharedGenes.Find("var_vcf_real") is not { } folder)
        {
            output.WriteLine("Left out: the shared gene files are not here.");
            return;
        }

        Assert.Equal(Summary(Path.Combine(folder, text)), Summary(Path.Combine(folder, binary)));
    }

    [Fact]
    public void Read_Genotypes_AreThoseOfTheLetters()
    {
        if (SharedGenes.Find("var_ancestry_1kg") is not { } folder)
        {
            output.WriteLine("Left out: the shared gene files are not here.");
            return;
        }

        foreach ((string panel, int snps) in new[] { ("kidd", 55), ("seldin", 127) })
        {
            using var reader = VcfReader.Open(Path.Combine(folder, panel + ".vcf.gz"));
            var letters = TableReader.Read(Path.Combine(folder, panel + "_genotypes.csv.gz"));
            var row = Enumerable.Range(0, letters.RowCount).ToDictionary(i => letters.Columns[0][i]);
            int compared = 0;
            foreach (var record in reader.ReadAll())
            {
                compared++;
                if (record.Ids.Length != 1 || letters.Find(record.Ids[0]) is not { } column || record.Alternates.Length != 1)
                {
                    continue;
                }

                for (int sample = 0; sample < record.SampleCount; sample++)
                {
                    string genotype = column[row[reader.Header.Samples[sample]]];
                    Assert.Equal(genotype.Count(letter => letter == record.Alternates[0][0]), record.Dosage(sample));
                }
            }

            Assert.Equal((snps, 2504, GenomeBuild.GRCh37), (compared, reader.Header.Samples.Length, reader.Build));
        }
    }

    private static string[] Summary(string path)
    {
        using var reader = VcfReader.Open(path);
        return [.. reader.ReadAll().Select(record => string.Join('\t', record.Chromosome, record.Position, string.Join(';', record.Ids), record.Reference, string.Join(',', record.Alternates),
            ((float)record.Quality).ToString("R"), string.Join(';', record.Filters), record.Info("AC"), string.Join(' ', Enumerable.Range(0, record.SampleCount).Select(i => string.Join(record.Genotype(i).IsPhased ? '|' : '/', record.Genotype(i).Alleles)))))];
    }
}
