using System.Security.Cryptography;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.Hub.Storage;
using CsCheck;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.Hub.Tests.Storage;

public sealed class PersonalDataTests
{
    private static readonly PersonalData Data = With(1);

    [Fact]
    public void What_was_encrypted_comes_back_in_its_place_and_nowhere_else()
    {
        Gen
            .Select(Gen.String, Gen.String.AlphaNumeric, Gen.String.AlphaNumeric)
            .Where((_, here, there) => here != there)
            .Sample((text, here, there) =>
        {
            // A lone surrogate has no UTF-8 form; nothing stores one.
            var kept = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
            var box = Data.Encrypt(kept, here);

            return Data.Decrypt(box, here) == kept && !Decrypts(box, there) && box != Data.Encrypt(kept, here);
        });
    }

    [Fact]
    public void A_changed_box_does_not_open()
    {
        var box = Convert.FromBase64String(Data.Encrypt("ada@example.org", "row"));
        for (var i = 0; i < box.Length; i++)
        {
            box[i] ^= 1;
            Assert.False(Decrypts(Convert.ToBase64String(box), "row"), $"Byte {i}");
            box[i] ^= 1;
        }

        for (var length = 0; length < box.Length; length++)
        {
            Assert.False(Decrypts(Convert.ToBase64String(box.AsSpan(0, length)), "row"), $"Length {length}");
        }

        Assert.True(Decrypts(Convert.ToBase64String(box), "row"));
    }

    [Fact]
    public void Another_key_does_not_open_it() =>
        Assert.ThrowsAny<CryptographicException>(() => With(2).Decrypt(Data.Encrypt("ada@example.org", "row"), "row"));

    [Fact]
    public void Many_handlers_encrypt_at_the_same_time() => Parallel.For(0, 20_000, i =>
    {
        var text = $"learner-{i}@example.org";
        Assert.Equal(text, Data.Decrypt(Data.Encrypt(text, "row"), "row"));
    });

    private static bool Decrypts(string box, string place)
    {
        try
        {
            Data.Decrypt(box, place);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static PersonalData With(byte key) =>
        new(Options.Create(new HubOptions { DataKey = Convert.ToBase64String(Enumerable.Repeat(key, 32).ToArray()) }));
}
