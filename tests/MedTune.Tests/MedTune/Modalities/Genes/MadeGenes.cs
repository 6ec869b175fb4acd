using System.Globalization;
using System.Text;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Tensors;
using MedTune.Tests.House;

namespace MedTune.Tests;

/// <summary>Small gene data of each form in which a few genes, a word of letters or a few variants tell the class; no sample of it exists.</summary>
internal static class MadeGenes
{
    /// <summary>What every sample is called, which must not turn up in a run.</summary>
    public const string Planted = "PATIENT-";

    private const string Word = "TATAAT";

    /// <summary>The request of a run on data of a form, which are written first.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="form">Which form.</param>
    /// <param name="count">How many samples.</param>
    /// <param name="from">The number of the first; other numbers give other samples.</param>
    /// <param name="classes">Two or three.</param>
    public static TrainingRequest Request(TemporaryFolder folder, GeneForm form, int count = 90, int from = 0, int classes = 2)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{form}-{from}-{classes}");
        string labels = form == GeneForm.Sequence ? "" : Labels(folder, name, count, from, classes);
        string path = form switch
        {
            GeneForm.Expression => Expression(folder, name, count, from, classes),
            GeneForm.Genotype => Genotypes(folder, name, count, from, classes),
            _ => Sequences(folder, name, count, from, classes),
        };
        return new TrainingRequest
        {
            DataPath = path,
            Data = new DatasetOptions { Target = form == GeneForm.Sequence ? null : "state", Genes = new GeneFiles { Labels = labels.Length == 0 ? null : labels } },
            Seed = 5,
            Models = form switch { GeneForm.Expression => ["ridge", "elastic-net"], GeneForm.Genotype => ["ridge"], _ => ["k-mer"] },
            Threads = 2,
            TimeLimit = TimeSpan.FromMinutes(10),
        };
    }

    /// <summary>The class of a sample.</summary>
    public static int ClassOf(int sample, int classes) => sample % classes;

    /// <summary>60 genes, of which two for each class tell it.</summary>
    private static string Expression(TemporaryFolder folder, string name, int count, int from, int classes)
    {
        var text = new StringBuilder("gene");
        for (int i = from; i < from + count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\t{Planted}{i}");
        }

        for (int gene = 0; gene < 60; gene++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nG{gene}");
            for (int i = from; i < from + count; i++)
            {
                double shift = gene < 2 * classes && gene / 2 == ClassOf(i, classes) ? 1.6 : 0;
                text.Append('\t').Append((i + gene) % 97 == 0 ? "" : (6 + shift + Normal(i, gene)).ToString("0.000", CultureInfo.InvariantCulture));
            }
        }

        return folder.Write($"{name}.tsv", text.Append('\n').ToString());
    }

    /// <summary>40 letters each, of which those of the last class hold a word somewhere; of three, those of the second hold it turned round.</summary>
    private static string Sequences(TemporaryFolder folder, string name, int count, int from, int classes)
    {
        var text = new StringBuilder("id,sequence,label\n");
        for (int i = from; i < from + count; i++)
        {
            var random = new Philox(91, RandomPurpose.Bootstrap, (ulong)i);
            char[] letters = [.. Enumerable.Range(0, 40).Select(place => "ACGT"[(int)(random.UniformDouble((ulong)place) * 4)])];
            int label = ClassOf(i, classes);
            if (label > 0)
            {
                string planted = label == classes - 1 ? Word : Nucleotides.ReverseComplement(Word);
                planted.CopyTo(0, letters, 10 + (int)(random.UniformDouble(90) * 15), planted.Length);
            }

            text.Append(CultureInfo.InvariantCulture, $"{Planted}{i},{new string(letters)},{(char)('a' + label)}\n");
        }

        return folder.Write($"{name}.csv", text.ToString());
    }

    /// <summary>30 variants, of which four are more frequent in some classes.</summary>
    private static string Genotypes(TemporaryFolder folder, string name, int count, int from, int classes)
    {
        var text = new StringBuilder("##fileformat=VCFv4.2\n##reference=GRCh38\n##contig=<ID=1>\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT");
        for (int i = from; i < from + count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\t{Planted}{i}");
        }

        for (int variant = 0; variant < 30; variant++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n1\t{1000 + (variant * 50)}\trs{variant}\tA\tG\t.\tPASS\t.\tGT");
            for (int i = from; i < from + count; i++)
            {
                double share = variant < 4 ? 0.15 + (0.7 * ClassOf(i, classes) / (classes - 1)) : 0.4;
                var random = new Philox(92, RandomPurpose.Bootstrap, (ulong)((i * 64) + variant));
                string Allele(ulong place) => random.UniformDouble(place) < share ? "1" : "0";
                text.Append('\t').Append((i + variant) % 53 == 0 ? "./." : $"{Allele(0)}/{Allele(1)}");
            }
        }

        return folder.Write($"{name}.vcf", text.Append('\n').ToString());
    }

    /// <summary>Every third pair of samples is one patient.</summary>
    private static string Labels(TemporaryFolder folder, string name, int count, int from, int classes)
    {
        var text = new StringBuilder("sample,state,person,clinic\n");
        for (int i = from; i < from + count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Planted}{i},{(char)('a' + ClassOf(i, classes))},P{(i % 6 < 2 ? i - (i % 2) : i)},C{i % 4}\n");
        }

        return folder.Write($"{name}-labels.csv", text.ToString());
    }

    private static double Normal(int sample, int gene) => new Philox(90, RandomPurpose.Bootstrap, (ulong)sample).Normal((ulong)gene);
}
