using MedTune.Data.Images;
using MedTune.Graphs.Files;
using MedTune.Modalities.Images;
using MedTune.Prediction;
using MedTune.Tests.House;
using MedTune.Training;
using Xunit.Abstractions;

namespace MedTune.Tests;

/// <summary>From decoded pixels of any size to what the network reads, and the whole file in ONNX Runtime.</summary>
public sealed class PixelGraphTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string> Orders => new("RGB", "BGR", "grey");

    [Theory]
    [MemberData(nameof(Orders))]
    public void Image_OfOneColour_IsNormalizedInTheOrderAsked(string order)
    {
        var normalization = Normalization(order);
        var pixels = PixelGraph.Of(ImageBackbone.Of(MadePictures.Network(normalization.Mean.Length), normalization));
        float[] colour = [200, 100, 50];
        var picture = new PixelImage(23, 41, 3, [.. Enumerable.Range(0, 23 * 41 * 3).Select(i => colour[i % 3])], 0, 255);

        float[] image = MadePictures.Answer(pixels.Graph, pixels.Image, picture);

        double[] expected = order switch
        {
            "RGB" => [200, 100, 50],
            "BGR" => [50, 100, 200],
            _ => [(0.299 * 200) + (0.587 * 100) + (0.114 * 50)],
        };
        for (int i = 0; i < image.Length; i++)
        {
            int channel = i / 256;
            Assert.Equal((expected[channel] - normalization.Mean[channel]) / normalization.Deviation[channel], image[i], 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Image_OfGreyPicture_IsThatOfTheSamePictureInColour(string order)
    {
        var normalization = Normalization(order);
        var pixels = PixelGraph.Of(ImageBackbone.Of(MadePictures.Network(normalization.Mean.Length), normalization));
        var grey = MadePictures.Picture(1, 0, 50, 30);
        var colour = new PixelImage(50, 30, 3, [.. grey.Samples.SelectMany(value => new[] { value, value, value })], 0, 255);

        Assert.Equal(MadePictures.Answer(pixels.Graph, pixels.Image, grey), MadePictures.Answer(pixels.Graph, pixels.Image, colour));
    }

    [Fact]
    public void Image_OfSixteenBits_IsThatOfTheSameBrightnessInEight()
    {
        var pixels = PixelGraph.Of(ImageBackbone.Of(MadePictures.Network(), MadePictures.Colours));
        var eight = MadePictures.Picture(1, 1, 40, 20);
        var sixteen = new PixelImage(40, 20, 1, [.. eight.Samples.Select(value => value * 257)], 0, 65535);

        float[] first = MadePictures.Answer(pixels.Graph, pixels.Image, eight), second = MadePictures.Answer(pixels.Graph, pixels.Image, sixteen);
        Assert.All(first.Zip(second), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Model_OfTheTinyNetwork_AnswersInOnnxRuntimeAsHere(string order)
    {
        var normalization = Normalization(order);
        foreach (var (classes, findings) in new[] { (2, false), (3, false), (2, true) })
        {
            Compare(ImageBackbone.Of(MadePictures.Network(normalization.Mean.Length), normalization, 20), classes, findings);
        }
    }

    [Theory]
    [InlineData("mobilenet-v1-0.25", 224)]
    [InlineData("mobilenet-v1-0.75", 112)]
    [InlineData("squeezenet-1.1", 112)]
    public void Model_OfPretrainedNetwork_AnswersInOnnxRuntimeAsHere(string name, int side)
    {
        if (SharedData.FindModel(ModelCatalogue.BuiltIn().Find(name).File) is not string path)
        {
            output.WriteLine($"Left out: the model {name} is not there.");
            return;
        }

        Compare(ImageBackbone.Read(path, ModelCatalogue.BuiltIn(), side: side), 2, false);
    }

    private static InputNormalization Normalization(string order) =>
        order switch { "RGB" => MadePictures.Colours, "BGR" => MadePictures.Reversed, _ => MadePictures.Brightness };

    private void Compare(ImageBackbone backbone, int classes, bool findings)
    {
        if (!OnnxRuntime.IsAvailable)
        {
            output.WriteLine("Left out: ONNX Runtime is not there (tests/Tools/OnnxRuntime).");
            return;
        }

        int margins = classes == 2 && !findings ? 1 : classes;
        float[] weights = [.. Enumerable.Range(0, backbone.Width * margins).Select(i => 0.3f * ((i * 7919 % 17) - 8) / MathF.Sqrt(backbone.Width))];
        var calibrations = Enumerable.Range(0, findings ? classes : 1).Select(i => new MarginCalibration("platt", 1.25 + i, -0.5));
        var head = new ImageHead(new LinearMargins(weights, [.. Enumerable.Range(0, margins).Select(k => 0.1f * k)]), [.. calibrations], findings);
        using var folder = new TemporaryFolder();
        OnnxFile.Write(head.OnTopOf(backbone), folder["model.onnx"]);
        var model = OnnxFile.Read(folder["model.onnx"]);
        foreach (var picture in new[] { MadePictures.Picture(3, 0), MadePictures.Picture(4, 1, 640, 480, 3), MadePictures.Picture(5, 2, 61, 133, 1, 65535) })
        {
            var input = OnnxRuntime.OnnxTensor.Of([1, picture.Height, picture.Width, picture.Channels], PixelValues.Of(picture));
            var theirs = OnnxRuntime.Run(folder["model.onnx"], new Dictionary<string, OnnxRuntime.OnnxTensor> { [PixelGraph.Pixels] = input });
            foreach (string name in new[] { ModelFile.ProbabilitiesOutput, PixelGraph.Logits })
            {
                float[] ours = MadePictures.Answer(model, name, picture);
                Assert.Equal(ours.Length, theirs[name].Numbers.Length);
                double apart = ours.Zip(theirs[name].Numbers, (own, other) => Math.Abs(own - other) / Math.Max(1, Math.Abs(other))).Max();
                output.WriteLine($"{picture.Width} x {picture.Height} x {picture.Channels}, {name}: {apart:e1}");
                Assert.InRange(apart, 0, Tolerance);
            }
        }
    }
}
