using System.Security.Cryptography;
using System.Text.Json;
using MedTune.Data.Images;

namespace MedTune.Tests.Data.Images;

/// <summary>Our JPEG decoder gives the same bytes as libjpeg-turbo, before and after the conversion to RGB, so that a machine without that library reads the same pictures.</summary>
public sealed class JpegGoldenTests
{
    [Fact]
    public void Decode_GoldenPictures_AreTheSameBytes()
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(Find()));
        int count = 0;
        foreach (JsonElement entry in golden.RootElement.EnumerateArray())
        {
            string name = entry.GetProperty("name").GetString()!;
            JpegPicture picture = JpegDecoder.Decode(entry.GetProperty("jpeg").GetBytesFromBase64(), name);
            Assert.Equal((entry.GetProperty("width").GetInt32(), entry.GetProperty("height").GetInt32()), (picture.Width, picture.Height));
            Assert.True(entry.GetProperty("ycc").GetString() == Digest(picture.Samples.Select(sample => (byte)sample)), $"{name}: the stored samples differ");
            Assert.True(entry.GetProperty("rgb").GetString() == Digest(picture.ToPixelImage().Samples.Select(sample => (byte)sample)), $"{name}: the colors differ");
            count++;
        }

        Assert.Equal(35, count);
    }

    private static string Digest(IEnumerable<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData([.. bytes]));

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "tests", "TestData", "Data", "Images", "Jpeg", "golden.json");
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException("tests/TestData/Data/Images/Jpeg/golden.json was not found above the test's own folder.");
    }
}
