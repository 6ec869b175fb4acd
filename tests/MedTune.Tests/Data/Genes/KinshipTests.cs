using System.Globalization;
using System.Text;
using MedTune.Data.Genes;
using MedTune.Tensors;
using MedTune.Tests.House;

namespace MedTune.Tests.Data.Genes;

/// <summary>A made family among strangers of two ancestries: how close the pairs are, and that they stay together.</summary>
public sealed class KinshipTests
{
    private const int Strangers = 30;

    // Father, mother, two children, a child of the first with a stranger: numbers 30 to 34.
    private const int Father = 30, Mother = 31, First = 32, Second = 33, Grandchild = 34;

    [Fact]
    public void Indexer_MadeFamily_HasTheCoefficientsOfTheBook()
    {
        var kinship = Kinship.Of(Open(6000));

        Assert.True(kinship.Variants >= Kinship.LeastForSecond);
        Assert.Equal(0.25, kinship[Father, First], 0.03);
        Assert.Equal(0.25, kinship[First, Second], 0.03);
        Assert.Equal(0.125, kinship[Father, Grandchild], 0.03);
        Assert.Equal(0.125, kinship[Second, Grandchild], 0.03);
        Assert.Equal(0, kinship[Father, Mother], 0.04);

        // Strangers of two ancestries look less related than strangers, never more.
        Assert.True(kinship[0, 1] < 0.03);
        Assert.True(kinship[0, 2] < 0.04);
    }

    [Theory]
    [InlineData(6000, true, true)]
    [InlineData(2000, true, false)]
    [InlineData(500, false, false)]
    public void Run_FewerVariants_TellOnlyCloserKin(int variants, bool hasFirst, bool hasSecond)
    {
        var seen = GenotypeInspection.Run(Open(variants));

        Assert.Equal(hasFirst, seen.Groups[Father] == seen.Groups[First]);
        Assert.Equal(hasFirst, seen.Related.Any(pair => (pair.First, pair.Second) == (Father, First)));
        Assert.Equal(hasSecond, seen.Related.Any(pair => (pair.First, pair.Second) == (Father, Grandchild)));
        Assert.Equal(Strangers, seen.Groups.Take(Strangers).Distinct().Count());
        Assert.DoesNotContain(seen.Related, pair => pair.First < Strangers && pair.Second < Strangers);
        Assert.Equal(hasFirst, seen.Findings.Any(finding => finding.Code == GeneFindingCodes.RelatedSamples));
    }

    private static GenotypeSet Open(int variants)
    {
        var text = new StringBuilder("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT");
        for (int i = 0; i <= Grandchild; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\tp{i}");
        }

        for (int variant = 0; variant < variants; variant++)
        {
            var random = new Philox(6, RandomPurpose.Search, (ulong)variant);
            double frequency = 0.15 + (0.5 * random.UniformDouble(9999));
            var alleles = new (int One, int Other)[Grandchild + 1];
            for (int i = 0; i <= Mother; i++)
            {
                // Every second stranger is of another ancestry.
                double own = i < Strangers && i % 2 == 1 ? Math.Clamp(frequency + (0.3 * (random.UniformDouble(9998) - 0.5)), 0.1, 0.9) : frequency;
                alleles[i] = (random.UniformDouble((ulong)(4 * i)) < own ? 1 : 0, random.UniformDouble((ulong)((4 * i) + 1)) < own ? 1 : 0);
            }

            int Passed(int parent, int child) => random.UniformDouble((ulong)(5000 + (100 * child) + parent)) < 0.5 ? alleles[parent].One : alleles[parent].Other;
            alleles[First] = (Passed(Father, First), Passed(Mother, First));
            alleles[Second] = (Passed(Father, Second), Passed(Mother, Second));
            alleles[Grandchild] = (Passed(First, Grandchild), random.UniformDouble(7777) < frequency ? 1 : 0);
            text.Append(CultureInfo.InvariantCulture, $"\n1\t{variant + 1}\t.\tA\tC\t.\tPASS\t.\tGT");
            foreach (var (one, other) in alleles)
            {
                text.Append(CultureInfo.InvariantCulture, $"\t{one}/{other}");
            }
        }

        using TemporaryFolder folder = new();
        string labels = folder.Write("labels.csv", "sample,label\n" + string.Concat(Enumerable.Range(0, Grandchild + 1).Select(i => $"p{i},{(i % 2 == 0 ? "case" : "control")}\n")));
        return GenotypeSet.Open(folder.Write("a.vcf", text.Append('\n').ToString()), labels);
    }
}
