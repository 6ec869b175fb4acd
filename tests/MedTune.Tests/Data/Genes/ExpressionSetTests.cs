using System.Diagnostics;
using System.Text;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Genes;

public sealed class ExpressionSetTests(ITestOutputHelper output)
{
    private const string Labels = "sample,label\ns1,ill\ns2,well\ns3,ill\n";

    [Theory]
    [InlineData("sample,a,b\ns2,1,-2.5\ns1,3e2,NA\ns9,0,0\ns3,5,\n", MatrixOrientation.SamplesInRows)]
    [InlineData("gene\ts2\ts1\ts9\ts3\r\na\t1\t3e2\t0\t5\r\nb\t-2.5\t\t0\tNaN\r\n", MatrixOrientation.SamplesInColumns)]
    [InlineData("\"\";\"s2\";\"s1\";\"s3\"\n\"a\";1;300;5\n\"b\";-2.5;;\n", MatrixOrientation.SamplesInColumns)]
    [InlineData("id,label,note,a,b\ns2,1,x,1,-2.5\ns1,0,y,300,\ns3,1,z,5,\n", MatrixOrientation.SamplesInRows)]
    public void Open_EitherSide_GivesTheSame(string matrix, MatrixOrientation expected)
    {
        foreach (byte[] bytes in new[] { Encoding.UTF8.GetBytes(matrix), Packed.Gzip(matrix), Packed.Bgzf(matrix, 11) })
        {
            using TemporaryFolder folder = new();
            File.WriteAllBytes(folder["matrix"], bytes);
            var set = ExpressionSet.Open(folder["matrix"], folder.Write("labels.csv", Labels), new ExpressionOptions { Positive = "ill" });
            Assert.Equal(expected, set.Orientation);
            Assert.Equal<string>(["s1", "s2", "s3"], set.Matrix.Samples);
            Assert.Equal<string>(["a", "b"], set.Matrix.Genes);
            Assert.Equal<int>([1, 0, 1], set.Labels);
            Assert.Equal([300, float.NaN], set.Matrix.Row(0).ToArray());
            Assert.Equal([1, -2.5f], set.Matrix.Row(1).ToArray());
            Assert.Equal([5, float.NaN], set.Matrix.Row(2).ToArray());
            Assert.Equal(2, set.Findings.Single(finding => finding.Code == GeneFindingCodes.MissingValues).Count);
        }
    }

    [Theory]
    [InlineData("g,s1,s2,s3\na,1,2,x\n", "line 2, column 4")]
    [InlineData("g,s1,s2,s3\na,1,2,3\nb,1,2,x\n", "line 3, column 4")]
    [InlineData("g;s1;s2;s3\na;1;2;3\nb;1;2;1,5\n", "--decimal comma")]
    [InlineData("g,s1,s2,s3\na,1,2\n", "line 2 has 3 cells")]
    [InlineData("s1,s2,s3\na,1,2,3\n", "one name fewer")]
    [InlineData("g,s1,s2,s3\na,1,2,1e39\n", "up to 1e30")]
    [InlineData("g,s1,s2,s3\n,1,2,3\n", "no name")]
    [InlineData("g,s1,s2,s3\n", "no row")]
    [InlineData("g,t1,t2\na,1,2\n", "neither its rows nor its columns")]
    [InlineData("g,s1,s2\ns1,1,2\ns2,1,2\n", "--samples-in rows")]
    [InlineData("g,s1,s2,s1\na,1,2,3\n", "differ")]
    [InlineData("g,\"s1,s2\na,1,2\n", "quotation marks")]
    [InlineData("g\na\n", "one column only")]
    public void Open_Unclear_IsRefusedWithTheWayOut(string matrix, string expected)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("matrix.csv", matrix);
        string labels = folder.Write("labels.csv", Labels);
        if (expected.StartsWith("line 2, column 4", StringComparison.Ordinal))
        {
            // A column whose first cell is text is left out as a whole: only its sample is then missing.
            Assert.Contains(GeneFindingCodes.TextColumns, ExpressionSet.Open(path, labels).Findings.Select(finding => finding.Code));
            return;
        }

        string message = Assert.Throws<DataException>(() => ExpressionSet.Open(path, labels)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("s1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_StatedSideAndDecimalComma_AreFollowed()
    {
        using TemporaryFolder folder = new();
        string labels = folder.Write("labels.csv", Labels);
        string square = folder.Write("square.csv", "g,s1,s2\ns1,1,2\ns2,3,4\n");
        Assert.Equal(2, ExpressionSet.Open(square, labels, new ExpressionOptions { Orientation = MatrixOrientation.SamplesInRows }).Matrix[0, 1]);
        Assert.Equal(3, ExpressionSet.Open(square, labels, new ExpressionOptions { Orientation = MatrixOrientation.SamplesInColumns }).Matrix[0, 1]);
        string comma = folder.Write("comma.csv", "g;s1;s2\na;1,5;2\nSep-02;1;2\na;1;2\na.2;7;8\n");
        var set = ExpressionSet.Open(comma, labels, new ExpressionOptions { DecimalMark = ',' });
        Assert.Equal(1.5f, set.Matrix[0, 0]);
        Assert.Equal<string>(["a", "Sep-02", "a.3", "a.2"], set.Matrix.Genes);
        Assert.Contains(GeneFindingCodes.DamagedGeneNames, set.Findings.Select(finding => finding.Code));
        Assert.Contains(GeneFindingCodes.RepeatedGenes, set.Findings.Select(finding => finding.Code));
    }

    [Theory]
    [InlineData("expr_golub", "matrix.csv.gz", 72, 7129, 2, MatrixOrientation.SamplesInRows)]
    [InlineData("expr_alon", "matrix.tsv.gz", 62, 2000, 2, MatrixOrientation.SamplesInColumns)]
    [InlineData("expr_khan", "matrix.csv.gz", 63, 2308, 4, MatrixOrientation.SamplesInRows)]
    [InlineData("expr_singh", "matrix.csv.gz", 102, 12600, 2, MatrixOrientation.SamplesInRows)]
    [InlineData("expr_gravier", "matrix.tsv.gz", 168, 2905, 2, MatrixOrientation.SamplesInColumns)]
    [InlineData("expr_pomeroy", "matrix.csv.gz", 60, 7128, 2, MatrixOrientation.SamplesInRows)]
    public void Open_SharedMatrices_HaveTheirCounts(string folder, string matrix, int samples, int genes, int classes, MatrixOrientation orientation)
    {
        if (SharedGenes.Find(folder) is not { } at)
        {
            output.WriteLine("Left out: the shared gene files are not here.");
            return;
        }

        var set = ExpressionSet.Open(Path.Combine(at, matrix), Path.Combine(at, "labels.csv"), new ExpressionOptions { Target = "label" });
        Assert.Equal((samples, genes, classes, orientation), (set.Matrix.Samples.Length, set.Matrix.Genes.Length, set.Classes.Length, set.Orientation));
        var column = TableReader.Read(Path.Combine(at, "labels.csv"))["sample"];
        Assert.Equal<string>(Enumerable.Range(0, column.Count).Select(row => column[row]), set.Matrix.Samples);
        output.WriteLine(string.Join(Environment.NewLine, set.Findings.Select(finding => finding.Message)));
    }

    [Fact]
    public void Open_WideMatrix_IsQuickEnough()
    {
        using TemporaryFolder folder = new();
        using (var writer = new StreamWriter(folder["wide.csv"]))
        {
            writer.Write("sample");
            for (int gene = 0; gene < 12600; gene++)
            {
                writer.Write(FormattableString.Invariant($",V{gene}"));
            }

            for (int row = 1; row <= 3; row++)
            {
                writer.Write(FormattableString.Invariant($"\ns{row}"));
                for (int gene = 0; gene < 12600; gene++)
                {
                    writer.Write(FormattableString.Invariant($",{(gene * 7 % 1000) - 500}.25"));
                }
            }
        }

        var watch = Stopwatch.StartNew();
        var set = ExpressionSet.Open(folder["wide.csv"], folder.Write("labels.csv", Labels));
        Assert.Equal((3, 12600), (set.Matrix.Samples.Length, set.Matrix.Genes.Length));
        Assert.Equal((12599 * 7 % 1000) - 500 + (((12599 * 7 % 1000) - 500) < 0 ? -0.25f : 0.25f), set.Matrix[2, 12599]);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }
}
